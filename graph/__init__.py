"""Many extractions → one graph: build (merge → load), then ask, view, analyse."""
