//! Word lists of the atoms: closed classes of English.

use std::collections::HashSet;
use std::sync::LazyLock;

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Whether a full stop after this core ends no sentence.
pub(super) fn is_abbreviation(core: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set(
            "Mr Mrs Ms Dr Prof St Mt Jr Sr Gen Col Capt Lt Sgt Rev Hon Gov Sen Rep vs etc e.g i.e cf al approx no No Vol vol pp p Fig fig Eq eq Inc Ltd Co Corp dept est",
        )
    });
    // Initials: `J.`, `U.S.`
    let initials = core.chars().next().is_some_and(char::is_uppercase)
        && core.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    initials || WORDS.contains(core)
}

/// Negations and limits of one word, in lower case.
pub(super) fn is_negation(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set("not no never without unless except only must none nor neither cannot nothing nobody nowhere non")
    });
    WORDS.contains(word) || word.ends_with("n't") || word.ends_with("n’t")
}

/// Numbers in words that are not also something else; "one" and "second" often are.
pub(super) fn is_number_word(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set(
            "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen",
        )
    });
    WORDS.contains(word)
        || word
            .split_once('-')
            .is_some_and(|(tens, ones)| WORDS.contains(tens) && (WORDS.contains(ones) || ones == "one"))
}

/// Units that stand apart from their number.
pub(super) fn is_unit(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set(
            "% percent ms ns us µs μs s sec secs second seconds min mins minute minutes h hr hrs hour hours day days week weeks month months year years \
             b B kB KB MB GB TB PB KiB MiB GiB TiB bit bits byte bytes kbps Mbps Gbps token tokens line lines px em rem pt dpi fps rpm \
             mm cm m km km² m² mi mile miles ft foot feet inch inches yd yard yards acre acres ha hectare hectares \
             mg g kg t ton tons tonne tonnes lb lbs oz ml l L liter liters litre litres gallon gallons mph km/h m/s kn knots \
             K °C °F C F Hz kHz MHz GHz W kW MW GW kWh V kV A mA J kJ cal kcal Pa kPa bar psi N dB mol \
             hundred thousand million billion trillion dozen USD EUR GBP JPY dollars euros pounds cents AD BC CE BCE am pm a.m p.m",
        )
    });
    WORDS.contains(word)
}

/// Months, whole and short, without a full stop.
pub(super) fn is_month(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set(
            "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
        )
    });
    WORDS.contains(word)
}

/// Words that join the parts of a name.
pub(super) fn joins_names(word: &str) -> bool {
    matches!(
        word,
        "of" | "de"
            | "da"
            | "del"
            | "della"
            | "di"
            | "du"
            | "des"
            | "la"
            | "le"
            | "von"
            | "van"
            | "der"
            | "den"
            | "ter"
            | "bin"
            | "ibn"
            | "al"
            | "el"
            | "y"
            | "&"
    )
}

/// Words that are capitalised where a sentence begins and are no names.
pub(super) fn opens_sentences(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
        set(
            "a about above according across additionally after afterwards again against all alongside already also although always am among an and another any anyone anything apart are around as aside at \
             back based be because been before behind being below beneath beside besides best better between beyond born both but by call called can case check clearly click close come common compare consider currently \
             depending despite did different do does done due during each earlier early eight either else enough ensure even eventually ever every everyone everything example few fifth finally find first five follow following for former formerly four fourth from further furthermore \
             general generally get give given go good great had half has have having he hence her here hers herself him himself his how however \
             i if imagine in include includes including indeed inside instead into is it its itself just keep known last later latter least less let like likewise located long look lots made mainly make making many may maybe me mean meanwhile might mine more moreover most mostly much must my myself \
             near nearly new next nine no nobody none nor normally not note nothing notice now nowadays of off often old on once one only open opposite or other others otherwise our ours out outside over overall own \
             part particularly per perhaps please possible previously prior put rather read recall recent recently regarding right run same second see seen set seven several shall she should similar similarly simply since six so some someone something sometimes soon start still such \
             take ten than thanks that the their theirs them then there therefore these they third this those though three through throughout thus till to today together too toward towards try two type typical typically \
             under unless unlike until up upon us use used using usually various very via was we well were what whatever when whenever where whereas wherever whether which while who whoever whole whom whose why will with within without would write yes yet you your yours yourself",
        )
    });
    WORDS.contains(word)
}
