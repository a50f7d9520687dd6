//! Lowers the rules that the site has excepted in `trang.yaml`, each with its reason.
