using System.Globalization;
using Feedback.Domain.Organisation;

namespace Feedback.Domain.Paper;

/// <summary>
/// The number of a batch of printed forms, as people read and write it: the n-th batch of node <c>n12</c> is <c>p12-n</c>. It is
/// printed on every form, and names the batch for good.
/// </summary>
/// <param name="Value">The text, such as <c>p12-3</c>.</param>
public readonly record struct PaperBatchId(string Value)
{
    private const char Prefix = 'p';
    private const int Longest = 18;

    /// <summary>The n-th batch of a node, counting from 1.</summary>
    public static PaperBatchId Of(NodeId node, int ordinal) => new(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{node.Value[1..]}-{ordinal}"));

    /// <summary>Whether a text has the shape of a number: no zeros in front, so that one batch has one number.</summary>
    public static bool IsId(string text)
    {
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        return text.Length <= Longest && hyphen > 1 && text[0] == Prefix && IsNumber(text.AsSpan(1, hyphen - 1)) && IsNumber(text.AsSpan(hyphen + 1));
    }

    /// <summary>The node whose batch it is.</summary>
    public NodeId Node => new("n" + Value[1..Value.IndexOf('-', StringComparison.Ordinal)]);

    /// <summary>Which of the node's batches it is, counting from 1.</summary>
    public int Ordinal => int.Parse(Value.AsSpan(Value.IndexOf('-', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Who numbers the evaluations of its forms; with the form's number this is the identity of each.</summary>
    public string Source => SourcePrefix + Value;

    /// <summary>What the source of every evaluation from paper begins with; no terminal may use it.</summary>
    public const string SourcePrefix = "paper:";

    private static bool IsNumber(ReadOnlySpan<char> digits) => digits.Length is > 0 and <= 9 && digits[0] != '0' && digits.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
