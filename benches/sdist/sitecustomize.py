"""Lets pip download an archive of sources without building anything: stands in for the package's build tool.

pip asks the build tool for the name and the version of what it has downloaded, which would run code of the package.
Python reads this file first, from PYTHONPATH, and where pip has named a build tool, its name leads here: the answer is what
the archive itself says.
"""

import email.parser
import importlib.abc
import importlib.machinery
import os
import sys

# How pip's pyproject_hooks has named the tool to its child, before and since version 1.1.
BUILD_TOOL = os.environ.get("_PYPROJECT_HOOKS_BUILD_BACKEND") or os.environ.get("PEP517_BUILD_BACKEND") or ""


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    """The hook of PEP 517, from the file PKG-INFO in the folder of the sources."""
    with open("PKG-INFO", encoding="utf-8") as file:
        headers = email.parser.Parser().parse(file, headersonly=True)
    folder = "{}-{}.dist-info".format(headers["Name"].replace("-", "_"), headers["Version"])
    os.mkdir(os.path.join(metadata_directory, folder))
    with open(os.path.join(metadata_directory, folder, "METADATA"), "w", encoding="utf-8") as file:
        file.write("Metadata-Version: 2.1\nName: {}\nVersion: {}\n".format(headers["Name"], headers["Version"]))
    return folder


class StandIn(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the tool's module, and the packages that it would lie in."""

    def find_spec(self, name, path=None, target=None):
        if (BUILD_TOOL.partition(":")[0] + ".").startswith(name + "."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.prepare_metadata_for_build_wheel = prepare_metadata_for_build_wheel
        # `setuptools.build_meta:__legacy__` names an object of the module.
        module.__legacy__ = module


if BUILD_TOOL:
    sys.meta_path.insert(0, StandIn())
