//! Numbers as decimal text and back, to the digit what Rust's own formatting and
//! parsing give: every `f64` has a decimal expansion that ends, so it is written out
//! and rounded. That needs a hundredth of the tables and code of the fast ways, and
//! readers of the page download them.

use std::cmp::Ordering::{Equal, Greater, Less};

/// Digits of a limb.
const LIMB_DIGITS: usize = 9;
/// One more than a limb can be.
const LIMB: u64 = 1_000_000_000;
/// Whole numbers of so many digits are `f64`s, and so are powers of ten up to the
/// next; a product or a quotient of the two is rounded once.
const EXACT_DIGITS: usize = 15;
const EXACT_POWER: i32 = 22;
const EXACT_TEN: f64 = 1e22;
/// Digits by which every `f64` is told from the next.
const ENOUGH_DIGITS: usize = 17;
/// Bits of a mantissa that are written.
const MANTISSA_BITS: i32 = 52;

/// A number from zero on: 0.DIGITS times a power of ten, no zero at either end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Decimal {
    point: i32,
    digits: Vec<u8>,
}

impl Decimal {
    /// The number that these bits are, whose sign is none; the bits of infinity are
    /// the power of two that comes next. With a half, it and half the way to the next.
    fn of_bits(bits: u64, half: bool) -> Self {
        let field = (bits >> MANTISSA_BITS) as i32;
        let written = bits & ((1 << MANTISSA_BITS) - 1);
        let implied = u64::from(field > 0) << MANTISSA_BITS;
        let (mantissa, exponent) = (written | implied, field.max(1) - 1075);
        Self::exact(mantissa * 2 + u64::from(half), exponent - 1)
    }

    /// The mantissa times two to that power, every digit.
    fn exact(mantissa: u64, exponent: i32) -> Self {
        let mut limbs = vec![
            mantissa % LIMB,
            mantissa / LIMB % LIMB,
            mantissa / LIMB / LIMB,
        ];
        // A negative power of two is one of five, and of ten.
        let (base, at_once) = if exponent < 0 { (5_u64, 13) } else { (2, 29) };
        let mut left = exponent.unsigned_abs();
        while left > 0 {
            let step = left.min(at_once);
            multiply(&mut limbs, base.pow(step));
            left -= step;
        }
        let mut digits = Vec::with_capacity(limbs.len() * LIMB_DIGITS);
        for limb in limbs.into_iter().rev() {
            let mut part = LIMB;
            for _ in 0..LIMB_DIGITS {
                part /= 10;
                digits.push((limb / part % 10) as u8);
            }
        }
        let point = digits.len() as i32 + exponent.min(0);
        Self { point, digits }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        let zeros = self.digits.iter().take_while(|digit| **digit == 0).count();
        self.digits.drain(..zeros);
        self.point -= zeros as i32;
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    /// Rounded to that many digits, halves to even.
    fn rounded(self, digits: i32) -> Self {
        self.cut(digits, false)
    }

    /// The same, halves up where they are to be.
    fn cut(mut self, digits: i32, half_up: bool) -> Self {
        if digits < 0 {
            return Self::default();
        }
        let keep = digits as usize;
        let Some(next) = self.digits.get(keep) else {
            return self;
        };
        let tie = self.digits.len() == keep + 1;
        let odd = keep > 0 && self.digits[keep - 1] % 2 == 1;
        let up = *next > 5 || *next == 5 && (!tie || odd || half_up);
        self.digits.truncate(keep);
        if up {
            while self.digits.last() == Some(&9) {
                self.digits.pop();
            }
            match self.digits.last_mut() {
                Some(digit) => *digit += 1,
                None => {
                    self.digits.push(1);
                    self.point += 1;
                }
            }
        }
        self.trimmed()
    }

    /// The fewest digits that are read as that number, which is finite.
    fn shortest(number: f64) -> Self {
        let bits = number.abs().to_bits();
        let exact = Self::of_bits(bits, false);
        // So near zero there are fewer digits to a number.
        let least = if bits < 1 << MANTISSA_BITS {
            1
        } else {
            EXACT_DIGITS
        };
        for digits in least..ENOUGH_DIGITS {
            let near = exact.clone().cut(digits as i32, true);
            if near.number().to_bits() == bits {
                return near;
            }
            // Below a power of two numbers are twice as close as above: the nearest
            // may miss it and the next above still mean it.
            let mut above = near;
            if bits << (64 - MANTISSA_BITS) == 0 {
                above.digits.resize(digits, 0);
                above.digits.push(9);
                let above = above.rounded(digits as i32);
                if above.number().to_bits() == bits {
                    return above;
                }
            }
        }
        exact.cut(ENOUGH_DIGITS as i32, true)
    }

    /// The nearest `f64`, of two the even one.
    fn number(&self) -> f64 {
        let count = self.digits.len();
        let lead = self.digits.iter().take(ENOUGH_DIGITS + 1);
        let lead = lead.fold(0_u64, |sum, digit| sum * 10 + u64::from(*digit)) as f64;
        let power = self.point - count.min(ENOUGH_DIGITS + 1) as i32;
        if count == 0 || self.point < -330 {
            return 0.0;
        }
        if self.point > 310 {
            return f64::INFINITY;
        }
        let near = scaled(lead, power);
        if count <= EXACT_DIGITS && power.abs() <= EXACT_POWER {
            return near;
        }
        let infinite = f64::INFINITY.to_bits();
        let mut bits = near.to_bits().min(infinite);
        loop {
            let is_odd = bits % 2 == 1;
            match self.order(&Self::of_bits(bits, true)) {
                // Nothing comes after it.
                Greater | Equal if bits == infinite => break,
                Greater => bits += 1,
                Equal if is_odd => bits += 1,
                _ if bits == 0 => break,
                _ => match self.order(&Self::of_bits(bits - 1, true)) {
                    Less => bits -= 1,
                    Equal if is_odd => bits -= 1,
                    _ => break,
                },
            }
        }
        f64::from_bits(bits)
    }

    /// Which is larger; neither is zero.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let points = self.point.cmp(&other.point);
        points.then_with(|| self.digits.cmp(&other.digits))
    }

    /// The digit at that place, counted from the point.
    fn digit(&self, place: i32) -> char {
        let at = usize::try_from(self.point + place).ok();
        let digit = at.and_then(|at| self.digits.get(at)).copied();
        char::from(b'0' + digit.unwrap_or(0))
    }

    fn fixed(&self, sign: &str, decimals: usize) -> String {
        let mut text = String::from(sign);
        text.extend((-self.point.max(1)..0).map(|place| self.digit(place)));
        if decimals > 0 {
            text.push('.');
            text.extend((0..decimals as i32).map(|place| self.digit(place)));
        }
        text
    }

    fn scientific(mut self, sign: &str, decimals: usize) -> String {
        let zero = self.digits.is_empty();
        let exponent = if zero { 0 } else { self.point - 1 };
        self.point = 1;
        let mut text = self.fixed(sign, decimals);
        text.push('e');
        if exponent < 0 {
            text.push('-');
        }
        let exponent = Self::exact(u64::from(exponent.unsigned_abs()), 0);
        text + &exponent.fixed("", 0)
    }
}

fn multiply(limbs: &mut Vec<u64>, factor: u64) {
    let mut carry = 0;
    for limb in limbs.iter_mut() {
        let product = *limb * factor + carry;
        (*limb, carry) = (product % LIMB, product / LIMB);
    }
    while carry > 0 {
        limbs.push(carry % LIMB);
        carry /= LIMB;
    }
}

/// The number times ten to that power, within a few of the last digits.
fn scaled(mut number: f64, mut power: i32) -> f64 {
    while power != 0 {
        let step = power.clamp(-EXACT_POWER, EXACT_POWER);
        let factor = (0..step.abs()).fold(1.0, |ten, _| ten * 10.0);
        number = if step < 0 {
            number / factor
        } else {
            number * factor
        };
        power -= step;
    }
    number
}

/// The sign and the digits of a number; its name where it has none.
fn parts(number: f64) -> Result<(&'static str, Decimal), String> {
    let sign = if number.is_sign_negative() { "-" } else { "" };
    if number.is_nan() {
        return Err("NaN".to_owned());
    }
    if number.is_infinite() {
        return Err([sign, "inf"].concat());
    }
    Ok((sign, Decimal::of_bits(number.abs().to_bits(), false)))
}

/// The number at so many decimals, as `{:.*}` writes it.
pub fn fixed(number: f64, decimals: usize) -> String {
    match parts(number) {
        Ok((sign, exact)) => {
            let keep = exact.point + decimals as i32;
            exact.rounded(keep).fixed(sign, decimals)
        }
        Err(name) => name,
    }
}

/// The number with one digit before the point and so many after it, as `{:.*e}`
/// writes it.
pub fn scientific(number: f64, decimals: usize) -> String {
    match parts(number) {
        Ok((sign, exact)) => {
            let keep = decimals as i32 + 1;
            exact.rounded(keep).scientific(sign, decimals)
        }
        Err(name) => name,
    }
}

/// The number at so many significant digits, at most nine: what is read of its
/// [`scientific`] form. Tables of figures ask thousands of times, and of numbers as
/// people write them, which need no text.
pub fn tidy(number: f64, digits: usize) -> f64 {
    at_once(number, digits).unwrap_or_else(|| {
        let text = scientific(number, digits.max(1) - 1);
        parse(&text).map_or(number, |tidy| tidy + 0.0)
    })
}

/// [`tidy`] where the digits are a whole number of which a power of ten that is an
/// `f64` makes the number, and are no toss.
fn at_once(number: f64, digits: usize) -> Option<f64> {
    let most = 10_u64.pow(digits as u32) as f64;
    let size = number.abs();
    let (mut up, mut down) = (1.0, 1.0);
    while size * up < most / 10.0 && up < EXACT_TEN {
        up *= 10.0;
    }
    while size / down >= most && down < EXACT_TEN {
        down *= 10.0;
    }
    let exact = size * up / down;
    let whole = (exact + 0.5).floor();
    // Rounding moves nine digits by less than what is left to a half.
    let sure = (exact - whole).abs() < 0.5 - 1e-6;
    let of_so_many = (most / 10.0..=most).contains(&exact);
    (sure && of_so_many).then(|| (whole * down / up).copysign(number))
}

/// The number in the fewest digits that are read as it, as `{}` writes it.
pub fn shortest(number: f64) -> String {
    match parts(number) {
        Ok((sign, _)) => {
            let short = Decimal::shortest(number);
            let decimals = short.digits.len() as i32 - short.point;
            short.fixed(sign, decimals.max(0) as usize)
        }
        Err(name) => name,
    }
}

/// The same with an exponent, as `{:e}` writes it.
pub fn shortest_scientific(number: f64) -> String {
    match parts(number) {
        Ok((sign, _)) => {
            let short = Decimal::shortest(number);
            let decimals = short.digits.len().max(1) - 1;
            short.scientific(sign, decimals)
        }
        Err(name) => name,
    }
}

/// The number that the text is, as `parse` reads it; names of infinity and of what is
/// no number are none.
pub fn parse(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if digits().next().is_none() || !digits().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = Decimal {
        point: i32::try_from(whole.len())
            .ok()?
            .saturating_add(power(exponent)?),
        digits: digits().map(|byte| byte - b'0').collect(),
    };
    let number = number.trimmed().number();
    Some(if text.starts_with('-') {
        -number
    } else {
        number
    })
}

/// The exponent that the text is, zero where there is none; what lies beyond all
/// numbers is held to that.
fn power(text: Option<&str>) -> Option<i32> {
    let Some(text) = text else { return Some(0) };
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let power = digits.bytes().fold(0_i32, |power, byte| {
        (power * 10 + i32::from(byte - b'0')).min(100_000_000)
    });
    Some(if text.starts_with('-') { -power } else { power })
}

#[cfg(test)]
mod tests;
