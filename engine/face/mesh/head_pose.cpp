#include "engine/face/mesh/head_pose.hpp"

#include "engine/face/mesh/canonical_face.hpp"

#include <Eigen/Core>
#include <Eigen/LU>
#include <Eigen/SVD>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace faceward::face {
namespace {

struct Moments {
    Eigen::Vector3d canonical = Eigen::Vector3d::Zero();
    Eigen::Vector3d found = Eigen::Vector3d::Zero();
    Eigen::Matrix3d product = Eigen::Matrix3d::Zero();
    double weight = 0;

    void add(const Eigen::Vector3d& place, const MeshPoint& point, double w) {
        const Eigen::Vector3d seen(point.x, point.y, point.z);
        canonical += w * place;
        found += w * seen;
        product += w * seen * place.transpose();
        weight += w;
    }

    /// Of the found places with the canonical ones, about their means.
    Eigen::Matrix3d covariance() const { return product - found * canonical.transpose() / weight; }
};

/// In the picture's axes: x to the right, y down, z away from the camera.
Moments moments_of(const Mesh& points) {
    Moments moments;
    for (const CanonicalPair& pair : canonical_face) {
        moments.add({-pair.side, -pair.up, -pair.front}, points[pair.left], pair.weight);
        if (pair.right != pair.left)
            moments.add({pair.side, -pair.up, -pair.front}, points[pair.right], pair.weight);
    }
    return moments;
}

Eigen::Matrix3d rotation_of(const Eigen::Matrix3d& covariance) {
    const Eigen::JacobiSVD<Eigen::Matrix3d> svd(covariance,
                                                Eigen::ComputeFullU | Eigen::ComputeFullV);
    Eigen::Matrix3d proper = Eigen::Matrix3d::Identity();
    if (svd.matrixU().determinant() * svd.matrixV().determinant() < 0) proper(2, 2) = -1;
    return svd.matrixU() * proper * svd.matrixV().transpose();
}

float degrees(double radians) { return static_cast<float>(radians * 180 / std::numbers::pi); }

}  // namespace

HeadPose head_pose(const Mesh& points) {
    const Eigen::Matrix3d turn = rotation_of(moments_of(points).covariance());
    return {degrees(std::asin(std::clamp(turn(2, 0), -1.0, 1.0))),
            degrees(std::atan2(turn(2, 1), turn(2, 2))),
            degrees(-std::atan2(turn(1, 0), turn(0, 0)))};
}

}  // namespace faceward::face
