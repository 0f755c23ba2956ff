// The version of Netwright, as in package.json; a test compares them. Packages are released together.

export const VERSION = "0.1.0";
