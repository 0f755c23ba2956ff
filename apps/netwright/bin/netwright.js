#!/usr/bin/env node
// Checked in, so that npm can link the command when it installs, before anything is built.
require("../dist/main.js");
