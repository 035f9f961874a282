"""How Sphinx renders the documents; docs/render and the test docs/site run it, and a warning is an error to both."""

from pygments.lexers import TextLexer

project = "faceward"
extensions = ["myst_parser"]
exclude_patterns = ["requirements.txt", "drawings"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = "faceward"
html_show_copyright = False
html_show_sourcelink = False
html_copy_source = False


def setup(app):
    app.add_lexer("hex", TextLexer)  # docs/template-format.md
