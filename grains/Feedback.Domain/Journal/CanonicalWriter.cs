using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Feedback.Domain.Journal;

/// <summary>
/// Writes the JSON text whose bytes are hashed and kept for good: UTF-8, members in the order written,
/// no white space, integers only. Strings escape what JSON demands and nothing else: the quotation mark, the
/// backslash, and control characters below U+0020 as <c>\u00xx</c> in lower case.
/// </summary>
/// <remarks>
/// Own code instead of a library's writer, because a library may change its escaping between versions
/// and the same fact must have the same bytes in ten years.
/// </remarks>
public sealed class CanonicalWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private bool _needsComma;

    /// <summary>The bytes written since the last <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _buffer.WrittenSpan;

    /// <summary>Forgets what was written; the buffer is kept for the next text.</summary>
    public void Clear()
    {
        _buffer.ResetWrittenCount();
        _needsComma = false;
    }

    /// <summary>Opens an object.</summary>
    public CanonicalWriter BeginObject() => Open((byte)'{');

    /// <summary>Closes the innermost object.</summary>
    public CanonicalWriter EndObject() => Close((byte)'}');

    /// <summary>Opens an array.</summary>
    public CanonicalWriter BeginArray() => Open((byte)'[');

    /// <summary>Closes the innermost array.</summary>
    public CanonicalWriter EndArray() => Close((byte)']');

    /// <summary>Opens an object as the value of a member.</summary>
    public CanonicalWriter BeginObject(ReadOnlySpan<byte> name) => Name(name).BeginObject();

    /// <summary>Opens an array as the value of a member.</summary>
    public CanonicalWriter BeginArray(ReadOnlySpan<byte> name) => Name(name).BeginArray();

    /// <summary>A string member; nothing at all when the value is null.</summary>
    public CanonicalWriter Member(ReadOnlySpan<byte> name, string? value) => value is null ? this : Name(name).Value(value);

    /// <summary>An integer member; nothing at all when the value is null.</summary>
    public CanonicalWriter Member(ReadOnlySpan<byte> name, long? value) => value is { } number ? Name(name).Value(number) : this;

    /// <summary>A member that is present, as <c>true</c>, only when it holds.</summary>
    public CanonicalWriter Flag(ReadOnlySpan<byte> name, bool holds)
    {
        if (!holds)
            return this;
        Name(name).Separate();
        return Raw("true"u8).Valued();
    }

    /// <summary>An array of strings as a member; nothing at all when it is empty.</summary>
    public CanonicalWriter Member(ReadOnlySpan<byte> name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
            return this;
        BeginArray(name);
        foreach (var value in values)
            Value(value);
        return EndArray();
    }

    /// <summary>A member name given as text, for maps keyed by code.</summary>
    public CanonicalWriter Name(string name)
    {
        Value(name);
        Raw(":"u8);
        _needsComma = false;
        return this;
    }

    /// <summary>A member name given as UTF-8; names of the format itself never need escaping.</summary>
    public CanonicalWriter Name(ReadOnlySpan<byte> name)
    {
        Separate();
        var target = _buffer.GetSpan(name.Length + 3);
        target[0] = (byte)'"';
        name.CopyTo(target[1..]);
        target[name.Length + 1] = (byte)'"';
        target[name.Length + 2] = (byte)':';
        _buffer.Advance(name.Length + 3);
        _needsComma = false;
        return this;
    }

    /// <summary>An integer value.</summary>
    public CanonicalWriter Value(long value)
    {
        Separate();
        Utf8Formatter.TryFormat(value, _buffer.GetSpan(20), out var length);
        _buffer.Advance(length);
        return Valued();
    }

    /// <summary>A string value.</summary>
    /// <exception cref="ArgumentException">The text holds U+0000, which PostgreSQL cannot keep, or half of a surrogate pair.</exception>
    public CanonicalWriter Value(string value)
    {
        Separate();
        Raw("\""u8);
        var rest = value.AsSpan();
        while (rest.Length > 0)
        {
            var plain = rest.IndexOfAny(Escaped);
            WriteUtf8(plain < 0 ? rest : rest[..plain]);
            if (plain < 0)
                break;
            WriteEscape(rest[plain]);
            rest = rest[(plain + 1)..];
        }

        return Raw("\""u8).Valued();
    }

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\" + string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code)));

    private void WriteUtf8(ReadOnlySpan<char> text)
    {
        var target = _buffer.GetSpan(text.Length * 3);
        if (StrictUtf8.TryGetBytes(text, target, out var length))
            _buffer.Advance(length);
    }

    private void WriteEscape(char character)
    {
        switch (character)
        {
            case '"': Raw("\\\""u8); break;
            case '\\': Raw("\\\\"u8); break;
            case '\0': throw new ArgumentException("Text with U+0000 cannot be kept.");
            default: Raw(Encoding.ASCII.GetBytes($"\\u{(int)character:x4}")); break;
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private CanonicalWriter Open(byte bracket)
    {
        Separate();
        _buffer.GetSpan(1)[0] = bracket;
        _buffer.Advance(1);
        _needsComma = false;
        return this;
    }

    private CanonicalWriter Close(byte bracket)
    {
        _buffer.GetSpan(1)[0] = bracket;
        _buffer.Advance(1);
        return Valued();
    }

    private CanonicalWriter Valued()
    {
        _needsComma = true;
        return this;
    }

    private void Separate()
    {
        if (_needsComma)
            Raw(","u8);
    }

    private CanonicalWriter Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.GetSpan(bytes.Length));
        _buffer.Advance(bytes.Length);
        return this;
    }
}
