//! A small good set of data.

use crate::bake;
use std::collections::BTreeMap;

pub const CHIPS: &str = r#"
[[chip]]
id = "h20"
name = "H20"
short = "H20"
maker = "NVIDIA"
origin = "foreign"
launch = "2023-11-01"
in_article = true
node = "n4"
stack = "cuda"
kernels = "h100"
system = "box"
data_centre = true
dies = 1
die_area = { value = "814 mm²", source = "sheet", tier = "vendor" }
packaging = "interposer"
bf16 = { value = "148 TFLOP/s", source = "sheet", tier = "vendor" }
memory_kind = "hbm3"
cores = { built = 144, sold = 78, source = "sheet" }
stacks = 6
memory = { value = "96 GB", source = "sheet", tier = "vendor" }
bandwidth = { value = "4 TB/s", source = "sheet", tier = "vendor" }
scale_up = { value = "450 GB/s", source = "sheet", tier = "vendor" }
domain = 8
scale_out = { value = "50 GB/s", source = "sheet", tier = "vendor" }
tdp = { low = "400 W", central = "500 W", high = "550 W", source = "sheet", tier = "guess" }
price = { value = "12500 $", source = "sheet", tier = "estimate" }
"#;

const MEMORY: &str = r#"
[[memory]]
id = "hbm3"
name = "HBM3"
sold = true
since = "2022-06-01"
capacity = { value = "16 GB", source = "sheet", tier = "vendor" }
bandwidth = { value = "819 GB/s", source = "sheet", tier = "vendor" }
edge = { value = "10 mm", source = "sheet", tier = "vendor" }
area = { value = "110 mm²", source = "sheet", tier = "vendor" }
energy = { value = "7 pJ/bit", source = "sheet", tier = "estimate" }
price = { value = "12 $/GB", source = "sheet", tier = "estimate" }
"#;

const LINKS: &str = r#"
[[link]]
id = "organic"
needs_layer = false
edge_bandwidth = { value = "80 GB/s/mm", source = "sheet", tier = "estimate" }
energy = { value = "0.8 pJ/bit", source = "sheet", tier = "estimate" }
area_share = { value = 0.1, source = "sheet", tier = "estimate" }
"#;

const SUPPLY: &str = r#"
fund_paid = "2025-01-17"
bank_opens = "2024-10-01"
[[pool]]
id = "five"
country = "abroad"
[[capacity]]
id = "five.2025"
pool = "five"
year = 2025
wafers = { value = "170 kwpm", source = "sheet", tier = "estimate" }
[[family]]
id = "ascend"
name = "Ascend"
share = { value = 0.5, source = "sheet", tier = "estimate" }
stock = { value = 1000, source = "sheet", tier = "estimate" }
stock_of = ["hbm3"]
bank = { value = 1000, source = "sheet", tier = "estimate" }
bank_die = { value = "665 mm²", source = "sheet", tier = "estimate" }
[[domestic]]
id = "hbm3.2026"
memory = "hbm3"
year = 2026
stacks = { value = 1000, source = "sheet", tier = "estimate" }
[[installed]]
id = "world.2025"
year = 2025
chips = { value = 1000, source = "sheet", tier = "estimate" }
[[reported]]
id = "ascend.2025"
family = "ascend"
year = 2025
packages = { value = 1000, source = "sheet", tier = "estimate" }
"#;

const SYSTEMS: &str = r#"
[[system]]
id = "box"
name = "Box"
chip = "h20"
chips = 8
host_power = { value = "350 W", source = "sheet", tier = "estimate" }
optics_power = { value = "0 W", source = "sheet", tier = "estimate" }
host_price = { value = "8000 $", source = "sheet", tier = "estimate" }
"#;

const NODES: &str = r#"
[[node]]
id = "n4"
name = "4N"
short = "4N"
class_nm = 4
country = "abroad"
pool = "five"
since = "2022-01-01"
euv = true
advanced = true
density = { value = "145 MTr/mm²", source = "sheet", tier = "estimate" }
speed_ratio = { value = 1.2, source = "sheet", tier = "estimate" }
energy_ratio = { value = 0.6, source = "sheet", tier = "estimate" }
wafer_price = { value = "17500 $", source = "sheet", tier = "estimate" }
defects = { value = "0.1 /cm²", source = "sheet", tier = "estimate" }
extra_passes = { value = 0, source = "sheet", tier = "estimate" }
design_cost = { value = "542 M$", source = "sheet", tier = "estimate" }
"#;

const MODELS: &str = r#"
[[llm]]
id = "small"
name = "Small"
source = "sheet"
weight_bits = 16
parameters = { value = 1e6, source = "sheet", tier = "vendor" }
active_parameters = { value = 1e5, source = "sheet", tier = "vendor" }
training_tokens = { value = 1e9, source = "sheet", tier = "vendor" }
training_sequence = 128
training_batch = { value = 8, source = "sheet", tier = "vendor" }
[llm.shape]
layers = 2
hidden = 64
inner = 256
gated = true
vocabulary = 1000
tied = true
attention = { heads = 4, kv_heads = 2, head_dim = 16 }
draft_layers = 0
experts = { routed = 8, active = 2, shared = 1, inner = 32, dense_layers = 1, servers_at_most = 0 }
"#;

pub const PLACES: &str = r#"
[[place]]
id = "here"
price = { value = "8.8 c/kWh", source = "sheet", tier = "estimate" }
carbon = { value = "560 g/kWh", source = "sheet", tier = "estimate" }
pue = { value = 1.5, source = "sheet", tier = "estimate" }
"#;

const STACKS: &str = r#"
[[stack]]
id = "cuda"
name = "CUDA"
cuda_compatible = true
ported_share = { value = 1.0, source = "sheet", tier = "estimate" }
kernels = "h100"
step_overhead = { value = "1 ms", source = "sheet", tier = "estimate" }
sequence_overhead = { value = "10 µs", source = "sheet", tier = "estimate" }
scale_up_latency = { value = "4.5 µs", source = "sheet", tier = "estimate" }
scale_up_efficiency = { value = 0.75, source = "sheet", tier = "estimate" }
scale_out_latency = { value = "15 µs", source = "sheet", tier = "estimate" }
scale_out_efficiency = { value = 0.8, source = "sheet", tier = "estimate" }
exposed_share = { value = 0.6, source = "sheet", tier = "estimate" }
expert_imbalance = { value = 1.2, source = "sheet", tier = "estimate" }
expert_ratio = { value = 0.8, source = "sheet", tier = "estimate" }
expert_training_ratio = { value = 0.6, source = "sheet", tier = "estimate" }
training_ratio = { value = 1.0, source = "sheet", tier = "estimate" }

[[engine]]
id = "server"
name = "Server"
step_overhead = { value = "1 ms", source = "sheet", tier = "estimate" }
reserves_answers = false
fused_attention = true

[[kernels]]
id = "h100"
calibrated = true
sustained_share = { value = 1.0, source = "sheet", tier = "estimate" }
attention_memory = { value = 0.45, source = "sheet", tier = "estimate" }
attention_launch = { value = "8 µs", source = "sheet", tier = "estimate" }
attention_ramp = { value = "30 µs", source = "sheet", tier = "estimate" }
attention_compute = { value = 0.45, source = "sheet", tier = "estimate" }
cache_compute = { value = 0.6, source = "sheet", tier = "estimate" }
small_kernel = { value = "2.5 µs", source = "sheet", tier = "estimate" }
[kernels.bf16]
compute = { value = 0.79, source = "sheet", tier = "estimate" }
memory = { value = 0.83, source = "sheet", tier = "estimate" }
launch = { value = "3.6 µs", source = "sheet", tier = "estimate" }
launch_dynamic = { value = "3.6 µs", source = "sheet", tier = "estimate" }
[kernels.eight_bit]
compute = { value = 0.59, source = "sheet", tier = "estimate" }
memory = { value = 0.84, source = "sheet", tier = "estimate" }
launch = { value = "3.5 µs", source = "sheet", tier = "estimate" }
launch_dynamic = { value = "13.2 µs", source = "sheet", tier = "estimate" }
[kernels.block]
compute = { value = 0.58, source = "sheet", tier = "estimate" }
memory = { value = 0.91, source = "sheet", tier = "estimate" }
launch = { value = "6.5 µs", source = "sheet", tier = "estimate" }
launch_dynamic = { value = "6.5 µs", source = "sheet", tier = "estimate" }
[kernels.four_bit]
compute = { value = 0.4, source = "sheet", tier = "estimate" }
memory = { value = 0.68, source = "sheet", tier = "estimate" }
launch = { value = "3.5 µs", source = "sheet", tier = "estimate" }
launch_dynamic = { value = "11.5 µs", source = "sheet", tier = "estimate" }
"#;

const RULES: &str = r#"
known_to = "2026-09-28"
[[rule]]
id = "r23"
kind = "item"
status = "law"
destination = "D:5"
from = "2023-11-17"
source = "sheet"
[[rule.paragraph]]
name = "a"
posture = "presumption-of-denial"
any = [["tpp >= 4800"], ["tpp >= 1600", "performance_density >= 5.92"]]
[[rule]]
id = "r26"
kind = "review"
status = "law"
destination = "D:5"
from = "2026-01-15"
until = "2027-01-15"
reviews = ["r23"]
source = "sheet"
[[rule.paragraph]]
name = "review"
posture = "case-by-case"
any = [["tpp < 21000"]]
[[measure]]
id = "told-off"
from = "2025-08-12"
chips = ["h20"]
buyers = ["platform"]
gate = "discouraged"
source = "sheet"
"#;

const MOMENTS: &str = "[[moment]]\nid = \"today\"\ndate = \"2026-09-28\"\n";
const PRESETS: &str = "[[preset]]\nid = \"story\"\nquery = \"chip=h20\"\n";
pub const SOURCES: &str = r#"
date = "2026-09-28"
[[source]]
key = "sheet"
title = "Data sheet"
publisher = "NVIDIA"
published = "2023"
url = "https://example.org/"
"#;
const ASSUMPTIONS: &str = r#"
[reticle]
quantity = "Area"
value = "858 mm²"
source = "sheet"
tier = "vendor"
[odds]
quantity = "Ratio"
low = "0.1"
central = 0.2
high = 0.5
source = "sheet"
tier = "guess"
"#;

const DOUBTS: &str = r#"
[[doubt]]
id = "luck"
kind = "log-uniform"
one = true
figures = ["chip.bf16", "node.defects"]
against = ["chip.tdp"]
source = "sheet"
"#;

/// The good set.
pub fn good() -> BTreeMap<&'static str, String> {
    let texts = [
        CHIPS,
        MEMORY,
        LINKS,
        SUPPLY,
        SYSTEMS,
        NODES,
        MODELS,
        PLACES,
        STACKS,
        RULES,
        MOMENTS,
        PRESETS,
        SOURCES,
        ASSUMPTIONS,
        DOUBTS,
    ];
    bake::FILES
        .into_iter()
        .zip(texts.map(str::to_owned))
        .collect()
}
