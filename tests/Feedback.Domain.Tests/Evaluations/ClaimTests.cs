using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Evaluations;

public sealed class ClaimTests
{
    [Fact]
    public void Two_claims_say_the_same_when_every_member_does() =>
        Assert.True(Evaluation(1).SaysTheSameAs(Evaluation(1)));

    public static TheoryData<Evaluation> Others =>
    [
        Evaluation(1) with { Id = "e-2" }, Evaluation(1) with { Source = "t2" }, Evaluation(1) with { Window = new("n6") },
        Evaluation(1) with { OccurredAt = new Moment(Some.Morning + 1, 480) }, Evaluation(1) with { OccurredAt = new Moment(Some.Morning, 0) },
        Evaluation(1) with { OccurredAt = new Moment(Some.Morning, 480, DateOnly: true) },
        Evaluation(1) with { Grade = Grade.Satisfied }, Evaluation(1) with { Grade = null }, Evaluation(1) with { Origin = Origin.Callback },
        Evaluation(1) with { Dimensions = [new("attitude", Grade.Satisfied)] }, Evaluation(1) with { Dimensions = [] },
        Evaluation(1) with { ServiceItem = null }, Evaluation(1) with { Staff = "s-2" }, Evaluation(1) with { Channel = Channel.Web },
        Evaluation(1) with { Reasons = ["rude"] }, Evaluation(1) with { Language = "en" },
    ];

    [Theory]
    [MemberData(nameof(Others), DisableDiscoveryEnumeration = true)]
    public void Another_member_is_another_claim(Evaluation other) => Assert.False(Evaluation(1).SaysTheSameAs(other));

    [Fact]
    public void Personal_text_belongs_to_what_was_said()
    {
        var claim = new EvaluationClaim(Evaluation(1), "2026-0815", "很慢");
        Assert.True(claim.SaysTheSameAs(new EvaluationClaim(Evaluation(1), "2026-0815", "很慢")));
        Assert.False(claim.SaysTheSameAs(claim with { Matter = null }));
        Assert.False(claim.SaysTheSameAs(claim with { Comment = "很慢 " }));
    }

    [Fact]
    public void Every_claim_is_read_back_from_its_bytes() => Any.Sample(
        evaluation =>
        {
            var read = EvaluationTexts.ReadClaim(EvaluationTexts.ClaimBytes(evaluation));
            return read.SaysTheSameAs(evaluation) && read.Dimensions.SequenceEqual(evaluation.Dimensions) && read.Reasons.SequenceEqual(evaluation.Reasons);
        },
        iter: 10_000);

    [Fact]
    public void Every_stored_evaluation_is_read_back_and_written_as_the_same_bytes() => Gen.Select(Any, Gen.Byte, Gen.Bool).Sample(
        (evaluation, salt, attached) =>
        {
            var written = EventText.Write(Some.Accepted(evaluation, attached ? salt : null) with { Salt = Some.Bytes(salt) });
            return EventText.Write(EventText.Read(written)).AsSpan().SequenceEqual(written);
        },
        iter: 10_000);

    [Fact]
    public void Bytes_that_are_no_claim_are_told_as_such()
    {
        Assert.Throws<FormatException>(() => EvaluationTexts.ReadClaim("{}"u8.ToArray()));
        Assert.Throws<FormatException>(() => EvaluationTexts.ReadClaim("[]"u8.ToArray()));
    }

    [Fact]
    public void Every_origin_and_channel_has_a_word_of_its_own()
    {
        Assert.All(Enum.GetValues<Origin>(), origin => Assert.Equal(origin, Words.OriginOf(origin.Word())));
        Assert.All(Enum.GetValues<Channel>(), channel => Assert.Equal(channel, Words.ChannelOf(channel.Word())));
        Assert.Null(Words.OriginOf("Active"));
        Assert.Null(Words.ChannelOf(""));
    }

    private static Evaluation Evaluation(int number) => Some.Evaluation() with
    {
        Id = $"e-{number}",
        Dimensions = [new("attitude", Grade.VerySatisfied)],
        ServiceItem = "permit",
        Staff = "s-1",
        Reasons = ["slow"],
        Language = "zh-CN",
    };

    private static readonly Gen<string> Texts = Gen.Char.AlphaNumeric.Array[1, 8].Select(characters => new string(characters))
        .Select(Gen.OneOf("", "\"", "\\", "态度", "👍", "\u2028", "\n", "]"), (text, odd) => text + odd);

    private static readonly Gen<Evaluation> Any = Gen.Select(
            Texts, Texts, Gen.Int[1, 5], Gen.Int[1, 7], Gen.Long[0, 4_000_000_000_000], Texts.Array[0, 3], Gen.Bool)
        .Select((id, item, grade, channel, at, codes, dateOnly) => new Evaluation
        {
            Id = id,
            Source = item,
            Window = Some.Window,
            OccurredAt = new Moment(at, (short)(grade * 60), dateOnly),
            Grade = (Grade)grade,
            Origin = Origin.Active,
            Channel = (Channel)channel,
            ServiceItem = grade == 1 ? null : item,
            Reasons = Some.Codes(codes),
            Dimensions = [.. codes.Distinct().Select(code => new DimensionGrade(code, (Grade)grade))],
            Language = dateOnly ? "zh-CN" : null,
        });
}
