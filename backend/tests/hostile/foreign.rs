//! Files of other kinds, those that programs on other servers were broken by among them, and what lies
//! about its kind.

use domain::image::ImageProblem;

use super::Hostile;

/// What only looks like a picture, or is one of a kind that isn't taken.
pub fn all() -> Vec<Hostile> {
    let format =
        |name: &str, file: &[u8]| Hostile::refused(name, ImageProblem::Format, file.to_vec());
    let bmp = [&b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..], &[0; 100]].concat();
    let mp4 = [&[0, 0, 0, 0x1c][..], b"ftypavif", &[0; 100]].concat();
    vec![
        format("nothing", b""),
        format("one byte", b"\x89"),
        format("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        format("SVG after a declaration", b"<?xml version='1.0'?><!DOCTYPE svg><svg/>"),
        format("HTML", b"<!doctype html><script>alert(1)</script>"),
        format("HTML before a picture", b"<script>alert(1)</script>\x89PNG\r\n\x1a\n"),
        format("MVG", b"push graphic-context\nfill 'url(https://127.0.0.1/x.jpg\"|ls \"-la)'\npop graphic-context"),
        format("EPS", b"%!PS-Adobe-3.0 EPSF-3.0\n(x) (w) file"),
        format("EPS with a head", b"\xc5\xd0\xd3\xc6\x20\0\0\0"),
        format("DjVu", b"AT&TFORM\0\0\0\x20DJVUINFO"),
        format("PDF", b"%PDF-1.7\n"),
        format("TIFF", b"II\x2a\0\x08\0\0\0"),
        format("big-endian TIFF", b"MM\0\x2a\0\0\0\x08"),
        format("BMP", &bmp),
        format("AVIF", &mp4),
        format("JPEG 2000", b"\0\0\0\x0cjP  \r\n\x87\n"),
        format("JPEG XL", b"\xff\x0a\xfa\x1f"),
        format("icon", b"\0\0\x01\0\x01\0\x10\x10"),
        format("Photoshop", b"8BPS\0\x01"),
        format("PNM", b"P6 99999 99999 255\n"),
        format("farbfeld", b"farbfeld\xff\xff\xff\xff\xff\xff\xff\xff"),
        format("zip", b"PK\x03\x04\x14\0"),
        format("program", b"\x7fELF\x02\x01\x01"),
        format("PHP", b"GIF<?php system($_GET['c']);"),
        format("sound in the same wrapping as WebP", b"RIFF\0\0\0\0WAVEfmt "),
        format("PNG whose line ends were changed", b"\x89PNG\n\x1a\n\0\0\0\rIHDR"),
        Hostile::broken("the first bytes of a PNG", b"\x89PNG\r\n\x1a\n".to_vec()),
        Hostile::broken("the first bytes of a JPEG", b"\xff\xd8\xff".to_vec()),
        Hostile::broken("the first bytes of a GIF", b"GIF89a".to_vec()),
        Hostile::broken("the first bytes of a WebP", b"RIFF\0\0\0\0WEBP".to_vec()),
        Hostile::broken("a PNG's start before JPEG's", b"\x89PNG\r\n\x1a\n\xff\xd8\xff\xe0".to_vec()),
        Hostile::broken("HTML behind a GIF's start", b"GIF89a\x0a\0\x0a\0<svg/onload=alert(1)>".to_vec()),
        Hostile::refused("more than is taken", ImageProblem::TooLarge, vec![0xff; (10 << 20) + 1]),
    ]
}
