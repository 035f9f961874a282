"""Usage: yaml_to_json.py YAML JSON"""

import json
import pathlib
import sys

import yaml

source, target = map(pathlib.Path, sys.argv[1:])
target.write_text(json.dumps(yaml.safe_load(source.read_text()), ensure_ascii=False, separators=(",", ":")))
