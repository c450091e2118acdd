using System.Text.Json;

namespace Feedback.Domain.Journal;

/// <summary>A stored kind of event: its stable name and version, and how its members are written and read.</summary>
public abstract class EventKind
{
    private protected EventKind(string name, int version, Type type) => (Name, Version, Type) = (name, version, type);

    /// <summary>The stable name, such as <c>evaluation.accepted</c>.</summary>
    public string Name { get; }

    /// <summary>The version of the members, from 1. Readers know every version ever written.</summary>
    public int Version { get; }

    /// <summary>The record that this kind is read into.</summary>
    public Type Type { get; }

    internal abstract void WriteMembers(CanonicalWriter text, JournalEvent happened);

    internal abstract JournalEvent Read(JsonElement text, Opaque salt);

    /// <summary>Declares a kind.</summary>
    /// <typeparam name="T">The record that it is read into.</typeparam>
    /// <param name="name">The stable name.</param>
    /// <param name="version">The version of the members.</param>
    /// <param name="write">Writes the members after kind, version and salt, always in the same order.</param>
    /// <param name="read">Reads them.</param>
    public static EventKind Of<T>(string name, int version, Action<CanonicalWriter, T> write, Func<JsonElement, Opaque, T> read)
        where T : JournalEvent => new Typed<T>(name, version, write, read);

    /// <summary>Declares an earlier version of a kind, which is read for good and written no more.</summary>
    /// <typeparam name="T">The record that it is read into.</typeparam>
    /// <param name="name">The stable name.</param>
    /// <param name="version">The version of the members.</param>
    /// <param name="read">Reads them.</param>
    public static EventKind Earlier<T>(string name, int version, Func<JsonElement, Opaque, T> read)
        where T : JournalEvent => new Typed<T>(name, version, (_, _) => throw new NotSupportedException($"{name} {version} is written no more."), read);

    private sealed class Typed<T>(string name, int version, Action<CanonicalWriter, T> write, Func<JsonElement, Opaque, T> read)
        : EventKind(name, version, typeof(T))
        where T : JournalEvent
    {
        internal override void WriteMembers(CanonicalWriter text, JournalEvent happened) => write(text, (T)happened);

        internal override JournalEvent Read(JsonElement text, Opaque salt) => read(text, salt);
    }
}
