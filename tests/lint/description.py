"""Lints the API description. Usage: description.py NODE NODE_PACKAGES"""

import json
import os
import subprocess
import sys

node, packages = sys.argv[1:]
quiet = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
done = subprocess.run(
    [node, f"{packages}/@redocly/cli/bin/cli.js", "lint", "--config", "service/api/redocly.yaml", "--format", "json",
     "service/api/openapi.yaml"],
    env=os.environ | quiet, stdout=subprocess.PIPE, text=True, check=False,
)  # fmt: skip
problems = json.loads(done.stdout)["problems"]
for problem in problems:
    print(f"{problem['severity']}: {problem['location'][0].get('pointer')}: {problem['message']} ({problem['ruleId']})")
print(f"{len(problems)} problems")
sys.exit(bool(problems) or done.returncode)
