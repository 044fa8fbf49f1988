//! Calendar dates, as laws and launches have them: compared, never counted.

use std::fmt;
use std::str::FromStr;

/// A day in the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The date, or `None` where the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if day == 0 || day > days || year < 1900 || year > 2999 {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// A date that the baker has checked.
    pub const fn baked(year: u16, month: u8, day: u8) -> Self {
        match Self::new(year, month, day) {
            Some(date) => date,
            None => panic!("the baker let an impossible date through"),
        }
    }

    /// The year.
    pub const fn year(self) -> u16 {
        self.year
    }
    /// The month, from 1.
    pub const fn month(self) -> u8 {
        self.month
    }
    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }
}

// As derived, in one comparison: each scenario asks it of every rule.
impl Ord for Date {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let number = |date: &Self| {
            u32::from_be_bytes({
                let [high, low] = date.year.to_be_bytes();
                [high, low, date.month, date.day]
            })
        };
        number(self).cmp(&number(other))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The text is not a day written as YYYY-MM-DD.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADate;

impl FromStr for Date {
    type Err = NotADate;
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let bytes = text.as_bytes();
        let shape = bytes.len() == 10
            && bytes.iter().enumerate().all(|(i, b)| match i {
                4 | 7 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shape {
            return Err(NotADate);
        }
        let number = |from: usize, to: usize| {
            let digits = bytes.get(from..to).unwrap_or_default().iter();
            digits.fold(0, |number, digit| number * 10 + u16::from(digit - b'0'))
        };
        Self::new(number(0, 4), number(5, 7) as u8, number(8, 10) as u8).ok_or(NotADate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_round_trip_and_impossible_days_are_refused() {
        assert_eq!(
            "2024-02-29".parse::<Date>().unwrap().to_string(),
            "2024-02-29"
        );
        for wrong in [
            "2023-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-4-1",
            "25-04-01",
            "2025-04-1é",
            "",
        ] {
            assert_eq!(wrong.parse::<Date>(), Err(NotADate), "{wrong}");
        }
        assert!("2022-10-21".parse::<Date>().unwrap() < "2023-11-17".parse::<Date>().unwrap());
    }
}
