"""The Python client against the real server, and against answers that a good server does not give."""

import asyncio
import dataclasses
import inspect
import socket
import subprocess
import sys
from itertools import count, islice
from pathlib import Path

import httpx
import media
import pytest
from faceward_client import Server

SOURCE = Path(__file__).resolve().parents[2] / "clients" / "python"
sys.path.insert(0, str(SOURCE / "src"))

import faceward  # noqa: E402


@pytest.fixture(scope="module")
def client(server):
    with faceward.Client(server.address) as made:
        yield made


def test_versions_and_health(client):
    version = client.version()
    assert version.inference.startswith("OpenVINO ") and faceward.Model("YuNet", "2023mar") in version.models
    assert client.biometry_health() == client.liveness_health() == faceward.Health(True, "")


def test_one_to_one(client, portraits, templates, tmp_path):
    file = tmp_path / "a.jpg"
    file.write_bytes(portraits["a1"])
    assert client.extract(file) == client.extract(portraits["a1"]) == templates["a1"]
    assert client.compare(templates["a1"], templates["a1"]) == faceward.Comparison(1.0, "approved")
    verified = client.verify(portraits["a2"], templates["a1"])
    assert verified.template == templates["a2"] and f"score={verified.score}" in repr(verified) and "b'" not in repr(verified)
    assert verified.score == client.compare(templates["a1"], templates["a2"]).score
    assert client.extract_and_compare(portraits["a1"], portraits["b"]).decision == "declined"


def test_quality_faces_and_explanations(client, portraits, templates, two_people, faces):
    quality = client.quality(portraits["a1"])
    assert 0 < quality.unified_score <= 100 and quality.measures["inter_eye_distance"].unit == "px"
    found = client.detect_faces(two_people).faces
    assert len(found) == 2 and found[0].box.width * found[0].box.height >= found[1].box.width * found[1].box.height
    left, right = found[0].landmarks["left_eye"], found[0].landmarks["right_eye"]
    assert right[0] < left[0] and found[0].box.x < right[0]
    pictures = portraits["a1"], portraits["b"]
    explained = client.extract_and_compare(*pictures, explain=True)
    assert explained.explanation["approve_threshold"] == 0.85 and len(explained.explanation["quality"]) == 2
    assert client.extract_and_compare(*pictures) == faceward.Comparison(explained.score, explained.decision)
    assert client.compare(templates["a1"], templates["b"], explain=True).explanation["quality"] is None
    assert client.verify(portraits["a1"], templates["b"], explain=True).explanation["similarity"] < 1
    assert client.detect(media.jpeg(faces["obama"]), explain=True).explanation["networks"]


def test_one_to_many(client, portraits, templates):
    names = ['ünï "q"', "x", "x"]
    found = list(client.compare_n(templates["a1"], zip(names, [templates["a1"], templates["a2"], templates["b"]])))
    assert [candidate.filename for candidate in found] == names
    assert [candidate.decision for candidate in found] == ["approved", "approved", "declined"]
    references = [(name, templates[key]) for name, key in zip(names, ("a1", "a2", "b"))]
    assert client.verify_n(portraits["a1"], references) == found
    pictures = [(name, portraits[key]) for name, key in zip(names, ("a1", "a2", "b"))]
    assert client.extract_and_compare_n(portraits["a1"], pictures) == found


def test_compare_n_takes_no_more_of_the_many_than_are_asked_for(client, templates):
    taken = []

    def endless():
        for number in count():
            taken.append(number)
            yield str(number), templates["b" if number % 2 else "a2"]

    found = list(islice(client.compare_n(templates["a1"], endless(), batch=50), 120))
    assert [candidate.filename for candidate in found] == [str(number) for number in range(120)]
    assert {candidate.decision for candidate in found[::2]} == {"approved"}
    assert len(taken) == 150
    assert list(client.compare_n(templates["a1"], [])) == []


def test_liveness(client, faces, clip, shots, tmp_path):
    face = media.jpeg(faces["obama"])
    presentation = client.detect(face)
    assert presentation.passed == (presentation.score <= 0.5)
    video = tmp_path / "selfie.mp4"
    video.write_bytes(clip)
    answer = client.detect_media(
        {"clip": video, "shots": media.zipped(shots), "photo": face},
        analyses=[faceward.Analysis(threshold_spoofing=1.0, extract_best_shot=True, meta_data={"a": 1})],
        payload={"media:tags": {"clip": ["video_selfie"]}, "folder:meta_data": {"customer": 1}},
    )
    assert answer.passed and answer.raw["meta_data"] == {"customer": 1}
    assert [medium.name for medium in answer.media] == ["selfie.mp4", "shots", "photo"]
    assert [medium.kind for medium in answer.media] == ["VIDEO_FOLDER", "SHOTS_SET_FOLDER", "IMAGE_FOLDER"]
    assert answer.media[0].info["duration"] == 2 and answer.media[1].info["count"] == 20
    shot = answer.media[0].best_shot
    assert shot and shot.jpeg.startswith(b"\xff\xd8") and (shot.width, shot.height) == (640, 480)
    assert shot.frame in repr(answer) and "xff" not in repr(answer) and "image_b64" not in repr(answer)
    assert answer.media[2].best_shot is None and answer.media[2].attack_probability == presentation.score


def test_a_refusal_says_why_and_under_which_id(client, nobody, portraits):
    with pytest.raises(faceward.Refused) as refusal:
        client.extract_and_compare(portraits["a1"], nobody)
    assert (refusal.value.status, refusal.value.code) == (400, "BPE-003002")
    assert str(refusal.value) == "BPE-003002: The biometric sample is missing face: sample_2"
    assert len(refusal.value.request_id) == 36


def test_asynchronous(server, portraits, templates, nobody, faces):
    async def all_at_once():
        async with faceward.AsyncClient(server.address) as client:
            extracted = await asyncio.gather(*(client.extract(portraits[key]) for key in ("a1", "a2", "b")))
            assert extracted == [templates["a1"], templates["a2"], templates["b"]]
            assert (await client.verify(portraits["a2"], templates["a1"])).template == templates["a2"]
            assert (await client.compare(templates["a1"], templates["b"])).decision == "declined"
            assert (await client.detect_media({"a": media.jpeg(faces["obama"])})).media[0].name == "a"
            with pytest.raises(faceward.Refused, match="BPE-003002"):
                await client.extract(nobody)

            async def gallery():
                for number in range(120):
                    yield str(number), templates["b"]

            for many in (gallery(), [(str(number), templates["b"]) for number in range(120)]):
                found = [candidate async for candidate in client.compare_n(templates["a1"], many, batch=50)]
                assert [candidate.filename for candidate in found] == [str(number) for number in range(120)]

    asyncio.run(all_at_once())


def test_no_bytes_are_shown_of_any_result():
    shown = [field.name for kind in vars(faceward).values() if dataclasses.is_dataclass(kind)
             for field in dataclasses.fields(kind) if "bytes" in str(field.type) and field.repr]
    assert shown == []


def test_both_clients_have_the_same_methods():
    def methods(kind):
        return {name: list(inspect.signature(getattr(kind, name)).parameters)
                for name in vars(kind) if not name.startswith("_")}

    assert methods(faceward.Client) == methods(faceward.AsyncClient)


class Busy:
    """Answers 503 some times, as the server does or as a proxy, then what the real server would."""

    def __init__(self, times: int, proxy: bool = False, retry_after: str = "0"):
        self.left, self.proxy, self.bodies = times, proxy, []
        self.headers = {"Retry-After": retry_after, "X-Request-ID": "r"} if retry_after else {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.read())
        self.left -= 1
        if self.left >= 0:
            if self.proxy:
                return httpx.Response(503, html="<html>later</html>", headers=self.headers)
            error = {"code": "SRV-503", "message": "The server is busy"}
            return httpx.Response(503, json=error, headers=self.headers)
        return httpx.Response(200, json={"score": 1.0, "decision": "approved"})

    async def later(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        return self(request)


def of(busy: Busy, **options) -> faceward.Client:
    return faceward.Client(http=httpx.Client(transport=httpx.MockTransport(busy)), **options)


@pytest.mark.parametrize("proxy", [False, True], ids=["server", "proxy"])
def test_who_is_busy_is_asked_again_with_the_same_body(proxy):
    busy = Busy(2, proxy)
    assert of(busy).compare(b"a", b"b").score == 1.0
    assert len(busy.bodies) == 3 and len(set(busy.bodies)) == 1 and b"bio_feature" in busy.bodies[0]

    later = Busy(2, proxy)
    made = faceward.AsyncClient(http=httpx.AsyncClient(transport=httpx.MockTransport(later.later)))
    assert asyncio.run(made.compare(b"a", b"b")).score == 1.0
    assert len(later.bodies) == 3 and len(set(later.bodies)) == 1


def test_tries_are_used_up():
    with pytest.raises(faceward.Busy) as error:
        of(Busy(9), retries=1).compare(b"a", b"b")
    assert error.value.retry_after == 0 and error.value.request_id == "r"
    proxy = Busy(9, proxy=True)
    with pytest.raises(faceward.UnexpectedAnswer, match="503: <html>later"):
        of(proxy, retries=1).compare(b"a", b"b")
    assert len(proxy.bodies) == 2


@pytest.mark.parametrize("retry_after", ["3600", "inf", ""])
def test_who_names_no_time_or_a_long_one_is_not_waited_for(retry_after):
    busy = Busy(1, proxy=True, retry_after=retry_after)
    with pytest.raises(faceward.UnexpectedAnswer):
        of(busy).compare(b"a", b"b")
    assert len(busy.bodies) == 1


def test_an_answer_that_is_none_of_the_servers():
    proxy = httpx.MockTransport(lambda request: httpx.Response(502, text="<html>"))
    with pytest.raises(faceward.UnexpectedAnswer, match="502"):
        faceward.Client(http=httpx.Client(transport=proxy)).version()


def test_a_real_server_without_room(small_pack):
    own = Server(small_pack, "--max_body_bytes", "100000", "--max_buffered_bytes", "100000")
    with socket.create_connection((own.host, own.port)) as holder:
        holder.sendall(b"POST /v1/face/pattern/extract HTTP/1.1\r\nHost: a\r\nContent-Length: 99000\r\n\r\n" + bytes(95_000))
        with faceward.Client(own.address, retries=0) as client, pytest.raises(faceward.Busy) as error:
            client.compare(bytes(20_000), bytes(20_000))
        assert error.value.code == "SRV-503" and error.value.retry_after == 1
    assert own.stop() == 0


def test_the_package_installs_with_its_types(tmp_path):
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation",
           "--disable-pip-version-check", "--target", tmp_path, SOURCE]  # fmt: skip
    subprocess.run(pip, check=True)
    assert (tmp_path / "faceward" / "py.typed").exists()
    script = "import faceward; print(faceward.__file__)"
    shown = subprocess.run([sys.executable, "-c", script], env={"PYTHONPATH": str(tmp_path)}, check=True,
                           capture_output=True, text=True).stdout
    assert shown.strip() == str(tmp_path / "faceward" / "__init__.py")
