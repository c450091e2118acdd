using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Keys;
using Feedback.Domain.Organisation;
using Feedback.Domain.Tests.Support;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;
using Xunit;

namespace Feedback.Domain.Tests.Keys;

/// <summary>The texts were written by hand from the format's description. Signatures over them are checked in ten years.</summary>
public sealed class SignedTextTests
{
    private static readonly EvaluationClaim Everything = new(
        new Evaluation
        {
            Id = "e-1",
            Source = "kiosk \"A\"",
            Window = new NodeId("n5"),
            OccurredAt = new Moment(1_772_415_000_000, 480),
            Grade = Grade.Dissatisfied,
            Origin = Origin.Active,
            Dimensions = [new DimensionGrade("attitude", Grade.VeryDissatisfied), new DimensionGrade("style", Grade.Satisfied)],
            ServiceItem = "permit",
            Staff = "s-7",
            Channel = Channel.Qr,
            Reasons = ["slow", "态度"],
            Language = "zh-CN",
        },
        Matter: "330102-2026-000042",
        Comment: "办得快。\nThanks!");

    [Fact]
    public void An_evaluation_with_everything_is_signed_as_exactly_these_lines() => Assert.Equal(
        """
        feedback-signature-1
        kind:evaluation
        id:e-1
        source:kiosk "A"
        window:n5
        at:1772415000000
        offset:480
        grade:2
        origin:active
        dimension:1 attitude
        dimension:4 style
        serviceItem:permit
        staff:s-7
        channel:qr
        reason:slow
        reason:态度
        language:zh-CN
        matter:330102-2026-000042
        comment-sha256:af36a5adb28eb9eff230d91fcdc6548743928336a237e06b0de2992d378372fd

        """,
        TextOf(Everything));

    [Fact]
    public void An_evaluation_with_nothing_that_may_be_missing_has_no_empty_lines() => Assert.Equal(
        "feedback-signature-1\nkind:evaluation\nid:e-1\nsource:t1\nwindow:n5\nat:1772415000000\noffset:480\norigin:declined\nchannel:terminal\n",
        TextOf(Some.Claim(Some.Evaluation(null, Origin.Declined))));

    [Fact]
    public void A_finished_matter_is_signed_as_exactly_these_lines() => Assert.Equal(
        "feedback-signature-1\nkind:matter\nnumber:2026-1\nsource:oa\nwindow:n5\nat:1772415000000\noffset:-210\nserviceItem:permit\nstaff:s-7\n",
        TextOf(new MatterClaim(Some.Window, "2026-1", "oa", new Moment(1_772_415_000_000, -210), "permit", "s-7")));

    [Fact]
    public void A_request_is_signed_as_exactly_these_lines()
    {
        var text = new ArrayBufferWriter<byte>();
        SignedText.WriteRequest("POST", "/api/v1/windows/n5/staff", 1_772_415_000_000, """{"staff":null}"""u8, text);
        // Source: printf '{"staff":null}' | sha256sum
        Assert.Equal(
            "feedback-request-1\nmethod:POST\ntarget:/api/v1/windows/n5/staff\nat:1772415000000\n"
            + "body-sha256:3644fb23131b9ae70421d46d0aa9990dec0dd41071682f94b985dd2e73b5621c\n",
            Encoding.UTF8.GetString(text.WrittenSpan));
    }

    [Fact]
    public void What_the_signature_itself_says_is_not_signed() =>
        Assert.Equal(TextOf(Everything), TextOf(Everything with { Signature = "AAAA", SignedBeforeRevocation = true }));

    [Fact]
    public void A_value_with_a_line_end_is_never_signed() =>
        Assert.Throws<ArgumentException>(() => TextOf(Some.Claim(Some.Evaluation() with { Staff = "a\nmatter:1" })));

    /// <summary>Small alphabets of everything that the format itself uses, so that collisions would be found if there were any.</summary>
    [Fact]
    public void Two_different_claims_never_have_the_same_text()
    {
        var text = Gen.OneOf("a", "b", "a:", ":", "1", "1 a", " a", "a\r", "matter:1", "staff:a", "origin:active", "态");
        var maybe = Gen.Select(Gen.Bool, text, (given, value) => given ? value : null);
        var texts = Gen.OneOf(text, Gen.String[Gen.Char.AlphaNumeric, 0, 3].Where(value => value.Length > 0)).Array[0, 2]
            .Select(values => values.Distinct().Order(StringComparer.Ordinal).ToImmutableArray());
        var grade = Gen.Enum<Grade>();
        var moment = Gen.Select(Gen.Long[0, 3], Gen.Short[-2, 2], Gen.Bool, (at, offset, dateOnly) => new Moment(at, offset, dateOnly));
        var evaluation = Gen.Select(text, text, text, moment, Gen.Select(grade, Gen.Bool), Gen.Select(maybe, maybe, maybe, maybe, maybe), Gen.Select(texts, texts),
            (id, source, window, at, graded, some, lists) => (WindowClaim)new EvaluationClaim(
                new Evaluation
                {
                    Id = id,
                    Source = source,
                    Window = new NodeId(window),
                    OccurredAt = at,
                    Grade = graded.Item2 ? graded.Item1 : null,
                    Origin = graded.Item2 ? Origin.Active : Origin.Declined,
                    Dimensions = [.. lists.Item1.Select((code, i) => new DimensionGrade(code, (Grade)(1 + ((int)graded.Item1 + i) % 5)))],
                    ServiceItem = some.Item1,
                    Staff = some.Item2,
                    Channel = (Channel)graded.Item1,
                    Reasons = lists.Item2,
                    Language = some.Item3,
                },
                some.Item4,
                some.Item5));
        var matter = Gen.Select(text, text, text, moment, maybe, maybe,
            (window, number, source, at, item, staff) => (WindowClaim)new MatterClaim(new NodeId(window), number, source, at, item, staff));
        // Every claim drawn is held against all drawn before.
        var drawn = new ConcurrentDictionary<string, WindowClaim>(StringComparer.Ordinal);

        Gen.OneOf(evaluation, matter).Sample(claim => Same(claim, drawn.GetOrAdd(TextOf(claim), claim)), iter: 200_000);
    }

    private static bool Same(WindowClaim one, WindowClaim other) => (one, other) switch
    {
        (EvaluationClaim mine, EvaluationClaim theirs) => mine.SaysTheSameAs(theirs),
        (MatterClaim mine, MatterClaim theirs) => mine.SaysTheSameAs(theirs),
        _ => false,
    };

    private static string TextOf(WindowClaim claim)
    {
        var text = new ArrayBufferWriter<byte>();
        SignedText.Write(claim, text);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
