#include "engine/liveness/homography.hpp"

#include <Eigen/Dense>

#include <numbers>

namespace faceward::liveness {
namespace {

using Eigen::Index;
using Matrix3 = Eigen::Matrix3d;
using Points = Eigen::Matrix2Xd;
using Parameters = Eigen::Matrix<double, 8, 1>;
using NormalMatrix = Eigen::Matrix<double, 8, 8>;

Points columns(std::span<const PlanePoint> points) {
    Points matrix(2, static_cast<Index>(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i)
        matrix.col(static_cast<Index>(i)) << points[i].x, points[i].y;
    return matrix;
}

/// Moves the points' mean to the origin and scales their mean distance from it to √2. Gives the
/// scale.
double normalise(Points& points) {
    points.colwise() -= points.rowwise().mean().eval();
    const double spread = points.colwise().norm().mean();
    const double scale = spread > 0 ? std::numbers::sqrt2 / spread : 1;
    points *= scale;
    return scale;
}

Matrix3 direct_linear_transformation(const Points& from, const Points& to) {
    Eigen::Matrix<double, 9, 9> normal = Eigen::Matrix<double, 9, 9>::Zero();
    for (Index i = 0; i < from.cols(); ++i) {
        Eigen::Matrix<double, 2, 9> rows = Eigen::Matrix<double, 2, 9>::Zero();
        const Eigen::RowVector3d p(from(0, i), from(1, i), 1);
        rows.row(0) << p, Eigen::RowVector3d::Zero(), -to(0, i) * p;
        rows.row(1) << Eigen::RowVector3d::Zero(), p, -to(1, i) * p;
        normal.noalias() += rows.transpose() * rows;
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix<double, 9, 9>> solver(normal);
    const Eigen::Matrix<double, 9, 1> h = solver.eigenvectors().col(0);
    Matrix3 matrix;
    matrix << h(0), h(1), h(2), h(3), h(4), h(5), h(6), h(7), h(8);
    return matrix / h(8);
}

Points apply(const Matrix3& matrix, const Points& points) {
    return (matrix * points.colwise().homogeneous()).colwise().hnormalized();
}

/// Normal equations of the squared distances by the eight free elements; gives their sum.
double linearise(const Matrix3& matrix, const Points& from, const Points& to, NormalMatrix& normal,
                 Parameters& gradient) {
    normal.setZero();
    gradient.setZero();
    double cost = 0;
    for (Index i = 0; i < from.cols(); ++i) {
        const Eigen::Vector3d q = matrix * from.col(i).homogeneous();
        const double x = q.x() / q.z();
        const double y = q.y() / q.z();
        const Eigen::RowVector3d p = from.col(i).homogeneous().transpose() / q.z();
        Eigen::Matrix<double, 2, 8> jacobian = Eigen::Matrix<double, 2, 8>::Zero();
        jacobian.row(0) << p, Eigen::RowVector3d::Zero(), -x * p.head<2>();
        jacobian.row(1) << Eigen::RowVector3d::Zero(), p, -y * p.head<2>();
        const Eigen::Vector2d error(to(0, i) - x, to(1, i) - y);
        normal.noalias() += jacobian.transpose() * jacobian;
        gradient.noalias() += jacobian.transpose() * error;
        cost += error.squaredNorm();
    }
    return cost;
}

Matrix3 moved(const Matrix3& matrix, const Parameters& step) {
    Matrix3 result = matrix;
    for (Index k = 0; k < step.size(); ++k) result(k / 3, k % 3) += step(k);
    return result;
}

/// Levenberg–Marquardt from a start that is nearly right already.
Matrix3 refine(Matrix3 matrix, const Points& from, const Points& to) {
    constexpr int most_steps = 10;
    constexpr double enough = 1e-10;
    NormalMatrix normal;
    Parameters gradient;
    double damping = 1e-3;
    double cost = linearise(matrix, from, to, normal, gradient);
    for (int i = 0; i < most_steps; ++i) {
        NormalMatrix damped = normal;
        damped.diagonal() *= 1 + damping;
        const Matrix3 next = moved(matrix, damped.ldlt().solve(gradient));
        const double next_cost = (apply(next, from) - to).squaredNorm();
        if (!(next_cost < cost)) {
            damping *= 10;
            continue;
        }
        const bool done = cost - next_cost < enough * cost;
        matrix = next;
        damping /= 10;
        cost = linearise(matrix, from, to, normal, gradient);
        if (done) break;
    }
    return matrix;
}

}  // namespace

double homography_residual(std::span<const PlanePoint> from, std::span<const PlanePoint> to) {
    Points source = columns(from);
    Points target = columns(to);
    normalise(source);
    const double scale = normalise(target);
    const Matrix3 matrix = refine(direct_linear_transformation(source, target), source, target);
    return (apply(matrix, source) - target).colwise().norm().mean() / scale;
}

}  // namespace faceward::liveness
