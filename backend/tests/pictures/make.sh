#!/bin/sh
# Makes the pictures in this folder, of every kind that cameras and programs write, and what ImageMagick
# takes each for: the mean colours of 12 by 12 fields of the square in its middle, over grey, as RGB
# bytes. Run it in this folder, with ImageMagick 6, when a kind is added.
set -eu

base=$(mktemp --suffix=.png)
glass=$(mktemp --suffix=.png)
trap 'rm "$base" "$glass"' EXIT

# Fields of 24 pixels, none like another, and the same ones becoming transparent to the right.
convert -seed 7 -size 6x4 xc: +noise Random -filter point -resize 144x96! "$base"
convert "$base" \( -size 96x144 gradient:white-black -rotate 90 \) -alpha off -compose CopyOpacity -composite "$glass"

png() {
    name=$1 type=$2 depth=$3
    shift 3
    convert "$@" -define png:color-type="$type" -define png:bit-depth="$depth" "png-$name.png"
}

for depth in 2 4 8 16; do png "grey-$depth" 0 $depth "$base" -colorspace Gray +dither -depth $depth; done
png grey-1 0 1 "$base" -colorspace Gray -threshold 50%
png rgb-8 2 8 "$base" -depth 8
png rgb-16 2 16 "$base" -depth 16
png rgb-interlaced 2 8 "$base" -depth 8 -interlace PNG
png palette-1 3 1 "$base" -threshold 50% -colors 2 -type Palette
for depth in 2 4 8; do
    png "palette-$depth" 3 $depth "$base" +dither -colors $((1 << (depth - 1))) -type Palette
done
png grey-alpha-8 4 8 "$glass" -colorspace Gray -depth 8
png grey-alpha-16 4 16 "$glass" -colorspace Gray -depth 16
png rgba-8 6 8 "$glass" -depth 8
png rgba-16 6 16 "$glass" -depth 16

convert "$base" -quality 92 -sampling-factor 4:4:4 jpeg-full.jpg
convert "$base" -quality 92 -sampling-factor 4:2:0 jpeg-halved.jpg
convert "$base" -quality 92 -sampling-factor 4:2:2 jpeg-halved-across.jpg
convert "$base" -quality 92 -interlace JPEG jpeg-progressive.jpg
convert "$base" -quality 92 -colorspace Gray jpeg-grey.jpg
convert "$base" -quality 92 -colorspace CMYK jpeg-cmyk.jpg

convert "$base" -quality 90 webp-lossy.webp
convert "$base" -define webp:lossless=true webp-lossless.webp
convert "$glass" -define webp:lossless=true webp-alpha.webp
convert "$glass" -quality 90 webp-lossy-alpha.webp

convert "$base" gif-plain.gif
convert "$base" -interlace GIF gif-interlaced.gif
convert "$glass" -channel A -threshold 50% gif-transparent.gif
convert "$base" \( "$base" -negate \) -delay 10 gif-moving.gif

for file in *.png *.jpg *.webp *.gif; do
    convert "${file}[0]" -colorspace sRGB -background 'rgb(128,128,128)' -alpha on -flatten \
        -gravity center -crop 96x96+0+0 +repage -scale 12x12! -depth 8 "rgb:$file.rgb"
done
