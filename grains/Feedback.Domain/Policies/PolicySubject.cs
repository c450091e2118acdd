using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Feedback.Domain.Evaluations;
using Feedback.Domain.Journal;

namespace Feedback.Domain.Policies;

/// <summary>What a policy can be about, whatever its document looks like.</summary>
public interface IPolicySubject
{
    /// <summary>The stable word, such as <c>case-limits</c>.</summary>
    string Word { get; }

    /// <summary>The canonical text of what holds where nothing was set.</summary>
    string DefaultText { get; }

    /// <summary>Reads a document and writes it canonically.</summary>
    /// <param name="text">JSON as somebody wrote it.</param>
    /// <param name="canonical">The same document in its one canonical text, what was left out filled in.</param>
    /// <param name="refusal">What is wrong with it, by the name of the member, and how to mend it.</param>
    bool TryCanonical(string text, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out Refusal? refusal);

    /// <summary>The document of a stored text; null when it cannot be read.</summary>
    internal object? Read(string text);
}

/// <summary>A subject with its document.</summary>
/// <typeparam name="T">The document.</typeparam>
public sealed class PolicySubject<T> : IPolicySubject
    where T : class
{
    /// <summary>The longest text, in characters.</summary>
    public const int Longest = 100_000;

    private readonly Func<PolicyReader, T> _read;
    private readonly Action<CanonicalWriter, T> _write;

    internal PolicySubject(string word, T byDefault, Func<PolicyReader, T> read, Action<CanonicalWriter, T> write) =>
        (Word, Default, _read, _write) = (word, byDefault, read, write);

    /// <inheritdoc/>
    public string Word { get; }

    /// <summary>What holds where nothing was set.</summary>
    public T Default { get; }

    /// <inheritdoc/>
    public string DefaultText => Write(Default);

    /// <summary>The canonical JSON of a document.</summary>
    public string Write(T document)
    {
        var text = new CanonicalWriter().BeginObject();
        _write(text, document);
        return Encoding.UTF8.GetString(text.EndObject().Written);
    }

    /// <summary>Reads a document; a member that is left out has its default.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="document">The document.</param>
    /// <param name="refusal">What is wrong with it, by the name of the member, and how to mend it.</param>
    public bool TryParse(string text, [NotNullWhen(true)] out T? document, [NotNullWhen(false)] out Refusal? refusal)
    {
        (document, refusal) = (null, null);
        if (text.Length > Longest)
            refusal = new Refusal("policy-too-long", "text", Longest.ToString(System.Globalization.CultureInfo.InvariantCulture));
        else
        {
            try
            {
                using var json = JsonDocument.Parse(text);
                document = PolicyReader.Whole(json.RootElement, _read);
            }
            catch (JsonException)
            {
                refusal = new Refusal("policy-not-json", "text");
            }
            catch (PolicyTextException e)
            {
                refusal = e.Refusal;
            }
        }

        return refusal is null;
    }

    /// <inheritdoc/>
    public bool TryCanonical(string text, [NotNullWhen(true)] out string? canonical, [NotNullWhen(false)] out Refusal? refusal)
    {
        canonical = TryParse(text, out var document, out refusal) ? Write(document) : null;
        return canonical is not null;
    }

    object? IPolicySubject.Read(string text) => TryParse(text, out var document, out _) ? document : null;
}
