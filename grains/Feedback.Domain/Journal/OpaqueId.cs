namespace Feedback.Domain.Journal;

/// <summary>The shape of ids that tell nothing but what kind of thing they name: a letter, and 128 bits as 22 characters of base64url. Each kind is a type of its own.</summary>
internal static class OpaqueId
{
    private const int Length = 23;

    /// <summary>The id of a kind with these bits.</summary>
    public static string Of(char kind, Opaque bits) => kind + bits.ToString();

    /// <summary>Whether a text has the shape of an id of a kind. Of the texts that read as the same bits only the one that is written is an id.</summary>
    public static bool Is(char kind, string text) =>
        text.Length == Length && text[0] == kind && Opaque.TryParse(text[1..], out var bits) && Of(kind, bits) == text;

    /// <summary>The bits of an id.</summary>
    /// <exception cref="FormatException">The text is no id.</exception>
    public static Opaque BitsOf(string id) => Opaque.Parse(id[1..]);
}
