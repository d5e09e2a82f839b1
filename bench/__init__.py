"""The figures that we promise, measured on this machine; run by `script/bench`, see README.md."""
