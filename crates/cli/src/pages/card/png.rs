//! Pixels as a PNG file of 256 colours: a drawing has few, and letters' edges lie
//! between two of them.

use png::{BitDepth, ColorType, Compression, Encoder, Filter};
use std::collections::BTreeMap;
use std::io::{Error, Result};

/// Colours that a file names.
const MOST: usize = 256;

type Colour = [u8; 3];

/// The file. Of more colours than it can name, the rarest become the nearest of the
/// others.
pub(super) fn written(dots: &[Colour], (width, height): (u32, u32)) -> Result<Vec<u8>> {
    let mut counts: BTreeMap<Colour, usize> = BTreeMap::new();
    for dot in dots {
        *counts.entry(*dot).or_default() += 1;
    }
    let mut colours: Vec<Colour> = counts.keys().copied().collect();
    colours.sort_by_key(|colour| (std::cmp::Reverse(counts[colour]), *colour));
    let kept = &colours[..colours.len().min(MOST)];
    let nearest = |colour: &Colour| {
        let far = |other: &Colour| -> u32 {
            let apart = |i: usize| u32::from(colour[i].abs_diff(other[i])).pow(2);
            (0..3).map(apart).sum()
        };
        let all = kept.iter().enumerate();
        let place = all
            .min_by_key(|(_, other)| far(other))
            .map_or(0, |(i, _)| i);
        u8::try_from(place).unwrap_or(0)
    };
    let places: BTreeMap<Colour, u8> = colours.iter().map(|c| (*c, nearest(c))).collect();
    let indices: Vec<u8> = dots.iter().map(|dot| places[dot]).collect();
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(kept.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::NoFilter);
    let mut writer = encoder.write_header().map_err(Error::other)?;
    writer.write_image_data(&indices).map_err(Error::other)?;
    writer.finish().map_err(Error::other)?;
    Ok(file)
}
