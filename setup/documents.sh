# shellcheck shell=bash
# What renders the documents: a Python environment in the cache, by digest of what pins it.

documents_python=

documents_environment() {
    local folder
    folder=$cache/python/documents-$(digest "$root/docs/requirements.txt")
    environment "Python environment of the documents" "$folder" "$root/docs/requirements.txt"
    documents_python=$folder/bin/python
}
