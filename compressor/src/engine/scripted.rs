//! A deterministic stand-in for tests: states that depend on the token ids of the window alone, and on a seed, so that a
//! test can try many opposing engines.

use super::{Adapter, Cancel, Encoder, EngineError, Sink};

/// An encoder that makes up states.
#[derive(Clone, Copy, Debug)]
pub struct Scripted {
    /// Values in a state.
    pub width: usize,
    /// Tokens in the largest window.
    pub window: usize,
    /// Another seed gives other states.
    pub seed: u64,
}

impl Encoder for Scripted {
    fn width(&self) -> usize {
        self.width
    }

    fn window(&self) -> usize {
        self.window
    }

    fn encode(
        &self,
        windows: &[Vec<u32>],
        _adapter: Adapter,
        cancel: &Cancel,
        sink: &mut Sink<'_>,
    ) -> Result<(), EngineError> {
        for (index, tokens) in windows.iter().enumerate() {
            if cancel.is_cancelled() {
                return Err(EngineError::Cancelled);
            }
            let states: Vec<f32> =
                tokens.iter().flat_map(|&id| (0..self.width).map(move |at| self.value(id, at))).collect();
            sink(index, &states);
        }
        Ok(())
    }
}

impl Scripted {
    /// A value in [-1, 1) by the finalizer of `SplitMix64` over seed, token and place.
    fn value(&self, id: u32, at: usize) -> f32 {
        let mut bits = self.seed ^ (u64::from(id) << 20) ^ at as u64;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((bits ^ (bits >> 31)) >> 40) as f32) / (1_u32 << 23) as f32 - 1.0
    }
}
