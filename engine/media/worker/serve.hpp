#pragma once

#include "engine/media/shared_region.hpp"

namespace faceward::media {

/// A decoder's whole life, once it is locked in: takes orders from `socket` until it closes. What
/// is to be decoded lies in `input`; what is decoded goes to `output`.
void serve_orders(int socket, const SharedRegion& input, const SharedRegion& output);

/// What a decoder does with orders.
using Serve = void (*)(int socket, const SharedRegion& input, const SharedRegion& output);

/// The launcher's whole life: starts and ends decoders as `socket` says, until it closes. Each is a
/// fork, so that the codecs' libraries are loaded once, locks itself in, and then serves. Gives the
/// exit status.
int launch_decoders(int socket, Serve serve = &serve_orders);

}  // namespace faceward::media
