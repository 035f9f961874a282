"""Videos and archives of every kind, whole, odd and hostile."""

import base64
import functools
import re
import struct
import zipfile
from collections.abc import Callable

import cv2
import media
import numpy as np
import pytest
from conftest import decoded, encoded
from faceward_client import Part, Server
from test_liveness import media_of, spoofing

BEST_SHOT = {"analyses": [{"type": "quality", "params": {"extract_best_shot": True}}]}
X264 = ["-c:v", "libx264", "-preset", "veryfast"]
SMALL_HEVC = ["-c:v", "libx265", "-preset", "superfast", "-pix_fmt", "yuv420p", "-x265-params", "log-level=none"]
# Waiting for each other, threads of libvpx would cost more than they do.
VPX = ["-b:v", "2M", "-deadline", "realtime", "-cpu-used", "8", "-threads", "1"]

VIDEOS = {
    "clip.mp4": ("video/mp4", media.H264),
    "fast.mp4": ("video/mp4", [*media.H264, "-movflags", "faststart", "-bf", "2"]),
    "fragments.mp4": ("video/mp4", [*media.H264, "-movflags", "frag_keyframe+empty_moov"]),
    "hevc.mp4": ("video/mp4", [*SMALL_HEVC, "-tag:v", "hvc1"]),
    "full_range.mp4": ("video/mp4", [*X264, "-pix_fmt", "yuvj420p"]),
    "ten_bits.mp4": ("video/mp4", [*X264, "-pix_fmt", "yuv420p10le"]),
    "mpeg4.mp4": ("video/mp4", ["-c:v", "mpeg4", "-q:v", "3"]),
    "clip.mov": ("video/quicktime", media.H264),
    "mjpeg.mov": ("video/quicktime", ["-c:v", "mjpeg", "-q:v", "3"]),
    "clip.3gp": ("video/3gpp", ["-c:v", "mpeg4", "-q:v", "3"]),
    "h263.3gp": ("video/3gpp", ["-c:v", "h263", "-s", "704x576", "-q:v", "3"]),
    "vp8.webm": ("video/webm", ["-c:v", "libvpx", *VPX]),
    "vp9.webm": ("video/webm", ["-c:v", "libvpx-vp9", *VPX]),
    "av1.mkv": ("video/x-matroska", ["-c:v", "libsvtav1", "-preset", "12", "-pix_fmt", "yuv420p"]),
    "clip.mkv": ("video/x-matroska", media.H264),
    "hevc.mkv": ("video/x-matroska", SMALL_HEVC),
    "mpeg4.avi": ("video/x-msvideo", ["-c:v", "mpeg4", "-q:v", "3"]),
    "mjpeg.avi": ("video/x-msvideo", ["-c:v", "mjpeg", "-q:v", "3"]),
    "h264.avi": ("video/x-msvideo", media.H264),
    "clip.ts": ("video/mp2t", media.H264),
    "mpeg2.ts": ("video/mp2t", ["-c:v", "mpeg2video", "-q:v", "3"]),
    "mpeg1.mpg": ("video/mpeg", ["-c:v", "mpeg1video", "-q:v", "3", "-f", "mpeg"]),
    "mpeg2.vob": ("video/mpeg", ["-c:v", "mpeg2video", "-q:v", "3", "-f", "vob"]),
}


@pytest.fixture(scope="module")
def second(sway) -> list[np.ndarray]:
    """One second, of which videos are made."""
    return sway[: media.RATE]


@pytest.fixture(scope="module")
def video(second, workshop) -> Callable[[str], bytes]:
    """Gives the video of that name in VIDEOS, which is made once."""
    return functools.cache(lambda name: media.video(workshop / name, second, *VIDEOS[name][1]))


@pytest.fixture(scope="module")
def reference(server, second):
    """What the videos' frames come to without any codec."""
    archive = media.zipped({f"{i:03}.png": encoded(frame, ".png") for i, frame in enumerate(second[::2])})
    return spoofing(server.detect([Part("a", archive)]))


@pytest.mark.parametrize("name", VIDEOS)
def test_a_video_of_every_kind(server, video, reference, name):
    mime, _ = VIDEOS[name]
    answer = server.detect([Part("a", video(name), "video/mp4")], BEST_SHOT)
    assert answer.status == 200, answer.body
    info = answer.json()["media"][0]["info"]["video"]
    size = (704, 576) if "h263" in name else (640, 480)
    assert info["mime-type"] == mime and (info["width"], info["height"]) == size
    assert abs(info["duration"] - 1) < 0.1 and abs(info["FPS"] - 25) < 1.3
    assert abs(np.subtract(spoofing(answer), reference)) < 0.35


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_video_is_turned_as_its_matrix_says(server, second, workshop, degrees):
    turned = [np.ascontiguousarray(np.rot90(frame, -degrees // 90)) for frame in second]
    plain = workshop / f"turned{degrees}.mp4"
    media.video(plain, turned, *media.H264)
    marked = workshop / f"marked{degrees}.mp4"
    media.ffmpeg("-i", plain, "-c", "copy", "-metadata:s:v:0", f"rotate={degrees}", marked)
    answer = server.detect([Part("a", marked.read_bytes())], BEST_SHOT)
    medium = media_of(answer)[0]
    height, width = turned[0].shape[:2]
    assert (medium["info"]["video"]["width"], medium["info"]["video"]["height"]) == (width, height)
    shot = answer.json()["analyses"][0]["results_media"][0]["output_images"][0]["info"]["original"]
    assert (shot["width"], shot["height"]) == (640, 480)
    assert medium["tags"] == ["orientation_landscape"]


IDENTITY = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


@pytest.mark.parametrize(
    ("linear", "stored"),
    [
        ((-1, 0, 0, 1), lambda frame: frame[:, ::-1]),
        ((1, 0, 0, -1), lambda frame: frame[::-1]),
        ((0, 1, 1, 0), lambda frame: frame.swapaxes(0, 1)),
        ((0, -1, -1, 0), lambda frame: frame[::-1, ::-1].swapaxes(0, 1)),
    ],
)
def test_a_video_is_mirrored_as_its_matrix_says(server, second, workshop, linear, stored):
    clip = media.video(workshop / "mirrored.mp4", [np.ascontiguousarray(stored(frame)) for frame in second], *media.H264)
    a, b, c, d = (value << 16 for value in linear)
    at = clip.index(IDENTITY, clip.index(b"tkhd"))
    clip = clip[:at] + struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30) + clip[at + len(IDENTITY) :]
    answer = server.detect([Part("a", clip)], BEST_SHOT)
    assert answer.status == 200, answer.body
    shot = answer.json()["analyses"][0]["results_media"][0]["output_images"][0]
    pixels = decoded(base64.b64decode(shot["image_b64"])).astype(int)
    assert pixels.shape == second[0].shape
    assert np.abs(pixels - second[int(shot["original_name"][6:-4]) - 1]).mean() < 6


def test_the_size_is_that_of_the_pictures_not_of_the_container(server, video):
    clip = video("clip.mkv")
    width = b"\xb0\x82" + struct.pack(">H", 640)
    assert clip.count(width) == 1
    info = media_of(server.detect([Part("a", clip.replace(width, b"\xb0\x82" + struct.pack(">H", 64)))]))[0]["info"]["video"]
    assert (info["width"], info["height"]) == (640, 480)


def test_frames_at_uneven_times(server, sway, workshop):
    file = workshop / "uneven.mkv"
    media.ffmpeg("-vf", "setpts='if(lt(N,40),N,40+(N-40)*12)/25/TB'", "-vsync", "vfr", *media.H264, file, frames=sway)
    info = media_of(server.detect([Part("a", file.read_bytes())]))[0]["info"]["video"]
    assert 5.5 < info["duration"] < 7 and 7 < info["FPS"] < 9.5


def test_without_a_stated_duration(server, second, workshop):
    live = media.video(workshop / "live.webm", second, "-c:v", "libvpx", *VPX, "-live", "1")
    info = media_of(server.detect([Part("a", live)]))[0]["info"]["video"]
    assert abs(info["duration"] - 1) < 0.1


def test_sound_is_ignored(server, video, workshop):
    silent, loud = video("clip.mp4"), workshop / "loud.mp4"
    media.ffmpeg("-f", "lavfi", "-i", "sine=440:d=1", "-i", workshop / "clip.mp4", "-c:v", "copy", "-c:a", "aac", loud)
    assert spoofing(server.detect([Part("a", loud.read_bytes())])) == spoofing(server.detect([Part("a", silent)]))


def test_what_decodes_of_a_broken_video_is_used(server, video):
    for name in ("fast.mp4", "clip.ts", "clip.mkv", "mpeg4.avi", "vp8.webm"):
        whole = video(name)
        answer = server.detect([Part("a", whole[: len(whole) * 6 // 10])])
        assert answer.status == 200, (name, answer.body)


def test_videos_without_pictures(server, sway, workshop, clip):
    sound = workshop / "sound.mp4"
    media.ffmpeg("-f", "lavfi", "-i", "sine=440:d=1", "-c:a", "aac", sound)
    for content in (b"", sound.read_bytes(), clip[:40], b"\0\0\0\x18ftypisom" + bytes(100)):
        answer = server.detect([Part("a", content)])
        assert answer.error() == (400, "LDE-002004")
        assert answer.json()["message"].startswith("Failed to extract the biometric sample: a: "), answer.body


def test_a_medium_of_few_frames_is_judged_as_a_picture(server, sway, workshop):
    for count in (1, 2):
        one = media.video(workshop / f"{count}.mp4", sway[:count], *media.H264)
        assert server.detect([Part("a", one)], BEST_SHOT).status == 200


def test_a_video_of_which_hardly_a_frame_can_be_decoded_is_no_picture(server, video):
    whole = bytearray(video("mjpeg.avi"))
    starts = [found.start() for found in re.finditer(rb"\xff\xd8\xff", whole)]
    for start in starts[4:]:
        whole[start : start + 400] = bytes(400)
    answer = server.detect([Part("a", bytes(whole))])
    assert answer.error() == (400, "LDE-002004") and "of its 25 frames can be decoded" in answer.json()["message"], answer.body


def test_a_minute_is_not_too_long_and_more_than_the_limit_is(server, packs, sway, workshop):
    minute = media.video(workshop / "minute.mp4", sway * 3, *media.H264, rate=2.5)
    info = media_of(server.detect([Part("a", minute)]))[0]["info"]["video"]
    assert abs(info["duration"] - 60) < 0.5
    own = Server(packs / "default", "--profile", "fast", "--workers", "1", "--max_video_seconds", "30")
    answer = own.detect([Part("a", minute)])
    assert answer.error() == (400, "LDE-002004") and "longer than 30 seconds" in answer.json()["message"]
    assert own.stop() == 0


def test_one_picture_all_along_is_judged_as_that_picture(server, faces, workshop):
    image = media.jpeg(faces["obama"])
    alone = server.detect_picture(image).json()["score"]
    repeated = media.zipped({f"{i}.jpg": image for i in range(15)})
    assert spoofing(server.detect([Part("a", repeated)])) == alone
    still = media.video(workshop / "still.mp4", [faces["obama"]] * 50, *media.H264, "-crf", "18")
    assert abs(np.subtract(spoofing(server.detect([Part("a", still)])), alone)) < 0.15


def test_a_photograph_moved_before_the_camera_is_told_by_its_stillness(server, faces, workshop):
    frames = media.swaying(faces["biden"], 90)
    noise = np.random.default_rng(5)
    frames = [np.clip(f + noise.normal(0, 2, f.shape), 0, 255).astype(np.uint8) for f in frames]
    clip = media.video(workshop / "moved.mp4", frames, *media.H264, "-preset", "medium", "-crf", "16", rate=10)
    answer = server.detect([Part("a", clip)])
    assert spoofing(answer) > spoofing(server.detect([Part("a", media.jpeg(faces["biden"]))]))
    analysis = answer.json()["analyses"][0]
    assert analysis["resolution"] == "DECLINED"
    assert "neither blinks nor moves" in analysis["technical_meta_data"]["a"]["reason"]


def test_another_person_half_way_is_not_averaged_away(server, faces, workshop):
    frames = media.swaying(faces["obama"], 40) + media.swaying(faces["biden"], 40)
    clip = media.video(workshop / "changed.mp4", frames, *media.H264)
    answer = server.detect([Part("a", clip)])
    assert answer.error() == (400, "LDE-002004") and "another person" in answer.json()["message"]


OPEN_GROUPS = [*X264, "-pix_fmt", "yuv420p", "-x264-params", "keyint=12:open-gop=1:bframes=4:b-adapt=0"]

JOINABLE = {
    "clip.ts": media.H264,
    "open.ts": OPEN_GROUPS,
    "wrapping.ts": [*media.H264, "-muxdelay", "0", "-output_ts_offset", str((1 << 33) / 90_000 - 0.5)],
    "mpeg1.mpg": VIDEOS["mpeg1.mpg"][1],
    "mpeg2.mpg": ["-c:v", "mpeg2video", "-bf", "2", "-q:v", "3", "-f", "vob"],
    "vp8.webm": VIDEOS["vp8.webm"][1],
    "fragment.mp4": [*X264, "-pix_fmt", "yuv420p", "-g", "25", "-movflags", "frag_keyframe+empty_moov+default_base_moof"],
}


@pytest.mark.parametrize("name", JOINABLE)
def test_files_joined_end_to_end_are_one_clip(server, faces, workshop, name):
    def part(person: str, frames: slice) -> bytes:
        return media.video(workshop / f"joined-{name}", media.swaying(faces[person], 50)[frames], *JOINABLE[name])

    one, rest = part("obama", slice(25)), slice(25, 50)
    info = media_of(server.detect([Part("a", one + part("obama", rest))]))[0]["info"]["video"]
    assert abs(info["duration"] - 2) < 0.1 and abs(info["FPS"] - 25) < 1.3
    answer = server.detect([Part("a", one + part("biden", rest))])
    assert answer.error() == (400, "LDE-002004") and "the face gives way to another person's" in answer.json()["message"], answer.body


def test_a_file_joined_to_one_of_a_later_time_is_one_clip(server, faces, workshop):
    one = media.video(workshop / "one.ts", media.swaying(faces["obama"], 25), *media.H264)
    other = media.video(workshop / "later.ts", media.swaying(faces["biden"], 25), *media.H264, "-output_ts_offset", "3600")
    for joined in (one + other, other + one):
        answer = server.detect([Part("a", joined)])
        assert answer.error() == (400, "LDE-002004") and "the face gives way to another person's" in answer.json()["message"], answer.body


def test_time_that_wraps_within_a_file(server, sway, workshop):
    wrapping = media.video(workshop / "wraps.ts", sway, *JOINABLE["wrapping.ts"])
    info = media_of(server.detect([Part("a", wrapping)]))[0]["info"]["video"]
    assert abs(info["duration"] - 2) < 0.1 and abs(info["FPS"] - 25) < 1.3


@pytest.mark.parametrize("places", [[0], [4], [9], [1, 3, 5, 7, 9], [2, 3, 7]])
def test_another_person_in_some_frames_only(server, faces, places):
    frames = media.swaying(faces["obama"], 10)
    for place in places:
        frames[place] = media.swaying(faces["biden"], 10)[place]
    answer = server.detect([Part("a", media.zipped({f"{i}.jpg": media.jpeg(frame) for i, frame in enumerate(frames)}))], BEST_SHOT)
    assert answer.error() == (400, "LDE-002004") and "another person" in answer.json()["message"]


def test_a_small_face_that_goes_away_is_not_one_picture_all_along(server, faces):
    still = cv2.resize(cv2.GaussianBlur(faces["obama"], (0, 0), 20), (1920, 1440))
    still[400:778, 700:1204] = cv2.resize(faces["obama"], (504, 378), interpolation=cv2.INTER_AREA)
    gone = still.copy()
    gone[510:670, 880:1024] = cv2.GaussianBlur(still, (0, 0), 12)[510:670, 880:1024]
    alone = server.detect_picture(media.jpeg(still))
    assert alone.status == 200, alone.body
    assert np.abs(still.astype(int) - gone).mean() < 0.75
    answer = server.detect([Part("a", media.zipped({f"{i}.jpg": media.jpeg(gone if i else still) for i in range(10)}))])
    assert answer.error() == (400, "LDE-002004") and "1 of 10 frames can be judged" in answer.json()["message"]


def test_a_second_person_in_a_clip(server, faces, workshop):
    frames = [np.hstack([f[:, 120:520], g[:, 120:520]]) for f, g in zip(*(media.swaying(faces[n], 50) for n in faces))]
    answer = server.detect([Part("a", media.video(workshop / "two.mp4", frames, *media.H264))])
    assert answer.error() == (400, "LDE-002004") and "more than one person" in answer.json()["message"]


ARCHIVES = {
    "application/zip": lambda shots: media.zipped(shots),
    "application/zip, stored": lambda shots: media.zipped(shots, zipfile.ZIP_STORED),
    "application/x-tar": lambda shots: media.tarred(shots),
    "application/gzip": lambda shots: media.tarred(shots, "w:gz"),
    "application/x-bzip2": lambda shots: media.tarred(shots, "w:bz2"),
    "application/x-xz": lambda shots: media.tarred(shots, "w:xz"),
}


@pytest.fixture(scope="module")
def of_shots(server, shots) -> float:
    return spoofing(server.detect([Part("a", media.zipped(shots))]))


@pytest.mark.parametrize("kind", ARCHIVES)
def test_an_archive_of_every_kind(server, shots, of_shots, kind):
    extra = {"__MACOSX/._frame_1.jpg": b"x", ".DS_Store": b"x"}
    answer = server.detect([Part("a", ARCHIVES[kind](shots | extra))])
    info = media_of(answer)[0]["info"]["shots_set"]
    assert info["mime-type"] == kind.split(",")[0] and info["count"] == len(shots)
    assert spoofing(answer) == of_shots


def test_frames_are_in_natural_order(server, sway):
    def archive(names: list[str]) -> bytes:
        return media.zipped({name: media.jpeg(frame) for name, frame in zip(names, sway[:12], strict=True)})

    plain = [f"f{i}.jpg" for i in range(12)]
    padded = [f"f{i:03}.jpg" for i in range(12)]
    assert spoofing(server.detect([Part("a", archive(plain))])) == spoofing(server.detect([Part("a", archive(padded))]))


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ({}, "no pictures"),
        ({"a/b.txt": b"text"}, "neither JPEG nor PNG: a/b.txt"),
        ({"a.jpg": b"\xff\xd8\xff\xe0 broken"}, "a.jpg: "),
        ({"a.zip": b"PK\x03\x04"}, "an archive in the archive"),
    ],
)
def test_archives_with_something_else(server, entries, reason):
    answer = server.detect([Part("a", media.zipped(entries))])
    assert answer.error() == (400, "LDE-002004") and reason in answer.json()["message"], answer.body
