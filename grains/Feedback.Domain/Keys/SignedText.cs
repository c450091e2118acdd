using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Time;
using Feedback.Domain.Windows;

namespace Feedback.Domain.Keys;

/// <summary>
/// The text that a terminal signs: UTF-8 lines <c>name:value</c> in a fixed order, each ended by U+000A, made of nothing but what
/// the claim says, so that it can be put together again from the journal in ten years. What the claim does not say has no line.
/// </summary>
/// <remarks>
/// Two different claims never have the same text: values hold no line ends (the comment, which may, is there by its hash alone),
/// names are fixed and in order, and of what may be there several times each has a line of its own. The operator's guide shows it
/// by examples; no line is ever changed, another text gets another first line.
/// </remarks>
public static class SignedText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the text of an evaluation or of a finished matter.</summary>
    /// <exception cref="ArgumentException">A value holds a line end or half of a surrogate pair, or this kind of claim is never signed.</exception>
    public static void Write(WindowClaim claim, IBufferWriter<byte> target)
    {
        target.Write("feedback-signature-1\n"u8);
        switch (claim)
        {
            case EvaluationClaim e: Write(e, target); break;
            case MatterClaim m: Write(m, target); break;
            default: throw new ArgumentException($"A {claim.GetType().Name} is never signed.", nameof(claim));
        }
    }

    /// <summary>Writes the text of a request that is no event: what is called, when, and what it says.</summary>
    /// <param name="method">The method in capitals.</param>
    /// <param name="target">The target of the request line as it was sent: path and query.</param>
    /// <param name="at">Milliseconds UTC.</param>
    /// <param name="body">The body's bytes; none when there is no body.</param>
    /// <param name="text">Takes the text.</param>
    /// <exception cref="ArgumentException">A value holds a line end.</exception>
    public static void WriteRequest(string method, string target, long at, ReadOnlySpan<byte> body, IBufferWriter<byte> text)
    {
        text.Write("feedback-request-1\n"u8);
        Line(text, "method:"u8, method);
        Line(text, "target:"u8, target);
        Line(text, "at:"u8, at);
        HashLine(text, "body-sha256:"u8, body);
    }

    private static void Write(EvaluationClaim claim, IBufferWriter<byte> text)
    {
        var said = claim.Evaluation;
        text.Write("kind:evaluation\n"u8);
        Line(text, "id:"u8, said.Id);
        Line(text, "source:"u8, said.Source);
        Line(text, "window:"u8, said.Window.Value);
        Time(text, said.OccurredAt);
        if (said.Grade is { } grade)
            Line(text, "grade:"u8, (long)grade);
        Line(text, "origin:"u8, said.Origin.Word());
        foreach (var dimension in said.Dimensions)
        {
            text.Write("dimension:"u8);
            Number(text, (long)dimension.Grade);
            Line(text, " "u8, dimension.Code);
        }

        Line(text, "serviceItem:"u8, said.ServiceItem);
        Line(text, "staff:"u8, said.Staff);
        Line(text, "channel:"u8, said.Channel.Word());
        foreach (var reason in said.Reasons)
            Line(text, "reason:"u8, reason);
        Line(text, "language:"u8, said.Language);
        Line(text, "matter:"u8, claim.Matter);
        if (claim.Comment is not null)
            HashLine(text, "comment-sha256:"u8, StrictUtf8.GetBytes(claim.Comment));
    }

    private static void Write(MatterClaim claim, IBufferWriter<byte> text)
    {
        text.Write("kind:matter\n"u8);
        Line(text, "number:"u8, claim.Number);
        Line(text, "source:"u8, claim.Source);
        Line(text, "window:"u8, claim.At.Value);
        Time(text, claim.FinishedAt);
        Line(text, "serviceItem:"u8, claim.ServiceItem);
        Line(text, "staff:"u8, claim.Staff);
    }

    private static void Time(IBufferWriter<byte> text, Moment moment)
    {
        Line(text, "at:"u8, moment.UtcMilliseconds);
        Line(text, "offset:"u8, moment.OffsetMinutes);
        if (moment.DateOnly)
            text.Write("dateOnly:true\n"u8);
    }

    private static void Line(IBufferWriter<byte> text, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        if (value.Contains('\n', StringComparison.Ordinal))
            throw new ArgumentException("A value that is signed holds a line end.", nameof(value));
        text.Write(name);
        StrictUtf8.GetBytes(value, text);
        text.Write("\n"u8);
    }

    private static void Line(IBufferWriter<byte> text, ReadOnlySpan<byte> name, long value)
    {
        text.Write(name);
        Number(text, value);
        text.Write("\n"u8);
    }

    private static void HashLine(IBufferWriter<byte> text, ReadOnlySpan<byte> name, ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        text.Write(name);
        Convert.TryToHexStringLower(hash, text.GetSpan(hash.Length * 2), out var length);
        text.Advance(length);
        text.Write("\n"u8);
    }

    private static void Number(IBufferWriter<byte> text, long value)
    {
        Utf8Formatter.TryFormat(value, text.GetSpan(20), out var length);
        text.Advance(length);
    }
}
