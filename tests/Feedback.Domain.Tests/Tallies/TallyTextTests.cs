using System.Text.Json;
using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Tallies;
using Feedback.Domain.Tests.Support;
using Xunit;

namespace Feedback.Domain.Tests.Tallies;

public sealed class TallyTextTests
{
    private const string Everything = """
        {"grades":{"active":{"5":3,"1":1},"declined":{"none":2},"default":{"3":4}},
        "excluded":{"active":{"2":1},"declined":{"none":1}},
        "dimensions":{"attitude":{"5":2},"style":{"4":1,"2":1}},
        "hours":{"00":{"5":1},"09":{"5":2},"23":{"1":1},"unknown":{"4":1}},
        "channels":{"qr":4,"terminal":6},
        "reasons":{"?":1,"slow":2},
        "serviceItems":{"?":{"5":1},"permit":{"5":1}},
        "mattersFinished":7,"mattersRated":5,"unattached":2,
        "flags":{"clock-ahead":1,"uncatalogued":2},
        "staff":{"s-7":{"5":3}},
        "released":{"1":1,"5":4}}
        """;

    private static readonly (Cell, int)[] Cells =
    [
        (Cell.Released(Grade.VerySatisfied), 4), (Cell.Released(Grade.VeryDissatisfied), 1),
        (Cell.Staff("s-7", Grade.VerySatisfied), 3), (Cell.Flag("uncatalogued"), 2), (Cell.Flag("clock-ahead"), 1),
        (Cell.Unattached, 2), (Cell.MattersRated, 5), (Cell.MattersFinished, 7),
        (Cell.ServiceItem("permit", Grade.VerySatisfied), 1), (Cell.ServiceItem("?", Grade.VerySatisfied), 1),
        (Cell.Reason("slow"), 2), (Cell.Reason("?"), 1), (Cell.Of(Channel.Terminal), 6), (Cell.Of(Channel.Qr), 4),
        (Cell.Hour(null, Grade.Satisfied), 1), (Cell.Hour(23, Grade.VeryDissatisfied), 1), (Cell.Hour(9, Grade.VerySatisfied), 2),
        (Cell.Hour(0, Grade.VerySatisfied), 1),
        (Cell.Dimension("style", Grade.Dissatisfied), 1), (Cell.Dimension("style", Grade.Satisfied), 1),
        (Cell.Dimension("attitude", Grade.VerySatisfied), 2),
        (Cell.Excluded(Origin.Declined, null), 1), (Cell.Excluded(Origin.Active, Grade.Dissatisfied), 1),
        (Cell.Graded(Origin.Default, Grade.FairlySatisfied), 4), (Cell.Graded(Origin.Declined, null), 2),
        (Cell.Graded(Origin.Active, Grade.VeryDissatisfied), 1), (Cell.Graded(Origin.Active, Grade.VerySatisfied), 3),
    ];

    [Fact]
    public void A_tally_is_kept_as_exactly_this_text_keyed_by_code() =>
        Assert.Equal(Everything.ReplaceLineEndings(""), TallyText.Write(Tally.Of(Cells)));

    [Fact]
    public void That_text_is_read_as_the_same_tally() => Assert.Equal(Tally.Of(Cells), TallyText.Read(Everything));

    // An older silo gets reports of a newer one while an upgrade goes round.
    [Fact]
    public void Of_what_a_newer_release_counted_everything_known_is_read_and_nothing_else()
    {
        var newer = Everything.Replace("{\"grades\":", "{\"moods\":{\"calm\":7},\"weather\":3,\"grades\":", StringComparison.Ordinal)
            .Replace("\"qr\":4", "\"hologram\":9,\"qr\":4", StringComparison.Ordinal)
            .Replace("\"unknown\":{\"4\":1}", "\"noon\":{\"4\":1},\"unknown\":{\"4\":1,\"6\":2}", StringComparison.Ordinal);

        Assert.Equal(Tally.Of(Cells), TallyText.ReadKnown(newer));
        Assert.Throws<FormatException>(() => TallyText.Read(newer));
        Assert.Throws<FormatException>(() => TallyText.ReadKnown("""{"channels":7}"""));
    }

    [Fact]
    public void An_empty_tally_is_an_empty_object()
    {
        Assert.Equal("{}", TallyText.Write(Tally.Empty));
        Assert.Equal(Tally.Empty, TallyText.Read("{}"));
    }

    // Codes are numbered as a process meets them: the text must not show in which order it did.
    [Fact]
    public void The_text_does_not_depend_on_the_order_in_which_codes_were_met()
    {
        Cell[] met = [Cell.Reason("zz-first"), Cell.Reason("aa-second"), Cell.Dimension("zz-first", Grade.Satisfied), Cell.Dimension("aa-second", Grade.Satisfied)];
        Assert.Equal(
            """{"dimensions":{"aa-second":{"4":1},"zz-first":{"4":1}},"reasons":{"aa-second":1,"zz-first":1}}""",
            TallyText.Write(Tally.Of(met.Select(cell => (cell, 1)).ToArray())));
    }

    [Fact]
    public void Every_tally_is_read_back_from_its_text() => Tallied.Any.Sample(
        tally => TallyText.Read(TallyText.Write(tally)).Equals(tally), iter: 10_000);

    [Fact]
    public void Equal_tallies_have_equal_texts_whatever_the_order_of_their_cells() => Gen.Select(Tallied.Counts, Gen.Int).Sample(
        (counts, seed) =>
        {
            var shuffled = counts.ToArray();
            new Random(seed).Shuffle(shuffled);
            return TallyText.Write(Tally.Of(counts)) == TallyText.Write(Tally.Of(shuffled));
        },
        iter: 10_000);

    [Theory]
    [InlineData("""{"smiles":1}""")]
    [InlineData("[]")]
    [InlineData("""{"grades":1}""")]
    [InlineData("""{"grades":{"active":1}}""")]
    [InlineData("""{"grades":{"silence":{"5":1}}}""")]
    [InlineData("""{"grades":{"active":{"0":1}}}""")]
    [InlineData("""{"grades":{"active":{"6":1}}}""")]
    [InlineData("""{"grades":{"active":{"9":1}}}""")]
    [InlineData("""{"grades":{"active":{"257":1}}}""")]
    [InlineData("""{"grades":{"active":{"five":1}}}""")]
    [InlineData("""{"grades":{"active":{"5":"1"}}}""")]
    [InlineData("""{"grades":{"active":{"5":1.5}}}""")]
    [InlineData("""{"grades":{"active":{"5":2147483648}}}""")]
    [InlineData("""{"dimensions":{"attitude":{"none":1}}}""")]
    [InlineData("""{"hours":{"24":{"5":1}}}""")]
    [InlineData("""{"hours":{"-1":{"5":1}}}""")]
    [InlineData("""{"hours":{"noon":{"5":1}}}""")]
    [InlineData("""{"channels":{"pigeon":1}}""")]
    [InlineData("""{"released":{"none":1}}""")]
    [InlineData("""{"mattersFinished":"7"}""")]
    public void A_text_that_is_no_tally_is_told_as_such(string text) => Assert.Throws<FormatException>(() => TallyText.Read(text));

    [Fact]
    public void A_text_that_is_not_JSON_is_told_as_such() => Assert.ThrowsAny<JsonException>(() => TallyText.Read("{"));

    [Fact]
    public void A_zero_in_a_text_is_no_cell() => Assert.Equal(Tally.Empty, TallyText.Read("""{"mattersFinished":0,"reasons":{"slow":0}}"""));
}
