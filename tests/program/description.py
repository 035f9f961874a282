"""The server's own description (/openapi.json), and what it says of an answer."""

import copy
import json
import re
from dataclasses import dataclass, field

import jsonschema_rs
from faceward_client import Answer, Server

VERBS = ("get", "post", "put", "delete", "patch")


def closed(node):
    """The same schemas, where an object may have no property that is not described."""
    if isinstance(node, list):
        return [closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: closed(value) for key, value in node.items()}
    if node.get("type") == "object" and "properties" in node and "additionalProperties" not in node:
        made["unevaluatedProperties"] = False
    return made


@dataclass
class Description:
    """Checks answers, and notes which of the described error codes they reached."""

    document: dict
    reached: set[tuple[str, str]] = field(default_factory=set)  # of operation and code

    @classmethod
    def of(cls, server: Server) -> "Description":
        return cls(json.loads(server.request("GET", "/openapi.json").body))

    def operations(self) -> dict[tuple[str, str], dict]:
        """(verb, path) → operation."""
        paths = self.document["paths"]
        return {(verb.upper(), path): paths[path][verb] for path in paths for verb in VERBS if verb in paths[path]}

    def resolved(self, node: dict) -> dict:
        while "$ref" in node:
            found = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                found = found[step]
            node = found
        return node

    def codes(self) -> set[tuple[str, str]]:
        """(operation, code) for every error that is described."""
        return {
            (operation["operationId"], code)
            for operation in self.operations().values()
            for status, response in operation["responses"].items()
            for code in self.codes_of(status, response)
        }

    def codes_of(self, status: str, response: dict) -> list[str]:
        """The error codes of an answer with that status; none below 400."""
        if status < "4":
            return []
        contents = self.resolved(response).get("content", {}).values()
        return [code for kind in contents for code in kind["schema"]["properties"]["code"]["enum"]]

    def check(self, answer: Answer, verb: str, path: str) -> dict | bytes:
        """Fails unless the answer is one that the operation is described to give; its content, read."""
        operation = self.operations()[verb, path]
        described = operation["responses"].get(str(answer.status))
        assert described, f"{verb} {path} is not described to answer {answer.status}"
        response = self.resolved(described)
        for name, header in response.get("headers", {}).items():
            self._check_header(answer, name, self.resolved(header))
        if "content" not in response:
            assert not answer.body
            return b""
        kind = answer.headers.get_content_type()
        assert kind in response["content"], f"{verb} {path} is not described to answer {kind}"
        content = self._read(answer, kind)
        self.validator(response["content"][kind]["schema"]).validate(content)
        if answer.status >= 400:
            self.reached.add((operation["operationId"], content["code"]))
        return content

    def _check_header(self, answer: Answer, name: str, header: dict) -> None:
        value = answer.headers[name]
        assert value is not None or not header.get("required"), f"{name} is missing"
        if value is not None:
            self.validator(header["schema"]).validate(value)

    def _read(self, answer: Answer, kind: str):
        if kind == "application/json":
            return json.loads(answer.body)
        if kind == "multipart/form-data":
            parts = answer.form_parts()
            return {name: json.loads(body) if type == "application/json" else body.decode("latin-1")
                    for name, (type, body) in parts.items()}
        return answer.body.decode("latin-1")

    def validator(self, schema: dict) -> jsonschema_rs.Draft202012Validator:
        whole = {"allOf": [schema], "components": self.document["components"]}
        return jsonschema_rs.Draft202012Validator(closed(copy.deepcopy(whole)), validate_formats=True)

    def expanded(self, path: str) -> str:
        """A path that a described one stands for."""
        return re.sub(r"\{file\}", "start.js", path)
