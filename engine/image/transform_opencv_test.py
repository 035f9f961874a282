#!/usr/bin/env python3
"""Compares the image transforms with OpenCV's on random pictures: transform_opencv_test.py PROBE

Bounds, in levels of 255: resizing differs by at most 1. Warping differs by at most 2 and by 0.3 on average, on
smooth pictures: OpenCV has rounded positions to 1/32 pixel in some versions, which on noise alone is up to 8 levels.
"""
import subprocess
import sys
import unittest

import cv2
import numpy as np

PROBE = sys.argv.pop(1)
RANDOM = np.random.default_rng(20240229)


def probe(name, picture, target, matrix=()):
    """target is (width, height)"""
    height, width = picture.shape[:2]
    arguments = [name, width, height, *target, *(repr(float(v)) for v in np.ravel(matrix))]
    done = subprocess.run([PROBE, *map(str, arguments)], input=picture.tobytes(), capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(target[1], target[0], 3)


def noise(width, height):
    return RANDOM.integers(0, 256, (height, width, 3), np.uint8)


def smooth(width, height):
    return cv2.normalize(cv2.GaussianBlur(noise(width, height), (0, 0), 4), None, 0, 255, cv2.NORM_MINMAX)


def difference(ours, theirs):
    return np.abs(ours.astype(int) - theirs.astype(int))


def similarity(angle, scale, shift):
    return np.column_stack([cv2.getRotationMatrix2D((0, 0), angle, scale)[:, :2], shift])


class ResizeTest(unittest.TestCase):
    def check(self, name, interpolation, source, target):
        with self.subTest(name=name, source=source, target=target):
            picture = noise(*source)
            theirs = cv2.resize(picture, target, interpolation=interpolation)
            self.assertLessEqual(difference(probe(name, picture, target), theirs).max(), 1)

    def test_area(self):
        cases = [((1280, 720), (320, 180)), ((1280, 720), (640, 360)), ((1280, 720), (427, 240)), ((101, 77), (100, 76)),
                 ((101, 77), (101, 77)), ((101, 77), (1, 1)), ((300, 1), (7, 1)), ((1, 300), (1, 7)), ((64, 64), (64, 5))]
        cases += [(tuple(s), tuple(RANDOM.integers(1, s + 1))) for s in RANDOM.integers(2, 400, (30, 2))]
        for source, target in cases:
            self.check("area", cv2.INTER_AREA, source, tuple(map(int, target)))

    def test_bilinear(self):
        cases = [((100, 60), (320, 192)), ((1, 1), (5, 9)), ((3, 1), (10, 1)), ((200, 150), (80, 80)), ((64, 48), (64, 48))]
        cases += [(tuple(s), tuple(RANDOM.integers(1, 400, 2))) for s in RANDOM.integers(1, 300, (30, 2))]
        for source, target in cases:
            self.check("bilinear", cv2.INTER_LINEAR, source, tuple(map(int, target)))

    def test_letterbox(self):
        for width, height, side in [(1280, 720, 320), (720, 1280, 320), (77, 50, 320), (320, 320, 320), (3000, 2, 160),
                                    (641, 320, 320), (5, 2, 1), (100, 33, 50)]:
            with self.subTest(width=width, height=height, side=side):
                picture = noise(width, height)
                scale = min(side / width, side / height)
                part = max(1, round(width * scale)), max(1, round(height * scale))
                theirs = np.zeros((side, side, 3), np.uint8)
                theirs[:part[1], :part[0]] = cv2.resize(
                    picture, part, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
                self.assertLessEqual(difference(probe("letterbox", picture, (side, side)), theirs).max(), 1)


class WarpTest(unittest.TestCase):
    def check(self, source, target, matrix):
        with self.subTest(source=source, target=target, matrix=matrix):
            picture = smooth(*source)
            theirs = cv2.warpAffine(picture, matrix, target, flags=cv2.INTER_LINEAR)
            apart = difference(probe("warp", picture, target, matrix), theirs)
            # On the border the picture falls to black within a pixel, so that 1/32 pixel is up to 8 levels.
            edge = cv2.warpAffine(np.full(picture.shape, 255, np.uint8), matrix, target, flags=cv2.INTER_LINEAR) % 255 != 0
            self.assertLessEqual(apart[~edge].max(initial=0), 2)
            self.assertLessEqual(apart[edge].max(initial=0), 8)
            self.assertLess(apart.mean(), 0.3)

    def test_similarities(self):
        for angle, scale in zip(RANDOM.uniform(-180, 180, 20), RANDOM.uniform(0.3, 3, 20)):
            self.check((200, 150), (112, 112), similarity(angle, scale, RANDOM.uniform(-100, 100, 2)))

    def test_windows_over_and_beside_the_picture(self):
        for x, y in [(0, 0), (-40.5, -30.25), (90, 70), (-1000, 0), (0, 1e7), (-1e12, 1e12), (0.5, 0.5), (-99, -79), (-100, 0)]:
            self.check((100, 80), (60, 50), np.float64([[1, 0, x], [0, 1, y]]))

    def test_shear_and_mirror(self):
        self.check((100, 80), (120, 90), np.float64([[-1, 0.2, 99], [0.1, 1.1, -3]]))


if __name__ == "__main__":
    unittest.main()
