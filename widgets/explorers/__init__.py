"""The explorers of the chapters, one module each: see `widgets.explorer`."""
