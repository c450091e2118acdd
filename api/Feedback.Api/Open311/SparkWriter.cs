using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Feedback.Api.Open311;

/// <summary>The formats of answers.</summary>
internal enum SparkFormat
{
    /// <summary><c>text/xml</c>.</summary>
    Xml,

    /// <summary><c>application/json</c>.</summary>
    Json,
}

/// <summary>Writes values as XML or JSON. What citizens write is text in both: nothing of it becomes an element, a reference or an ill-formed document.</summary>
internal static class SparkWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        // A carriage return comes back as one.
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The media type of a format, with its encoding.</summary>
    public static string MediaTypeOf(SparkFormat format) => format == SparkFormat.Json ? "application/json; charset=utf-8" : "text/xml; charset=utf-8";

    /// <summary>A document.</summary>
    /// <param name="format">Its format.</param>
    /// <param name="root">The name of the root in XML.</param>
    /// <param name="value">What it holds.</param>
    public static byte[] Write(SparkFormat format, string root, Spark value)
    {
        using var bytes = new MemoryStream();
        if (format == SparkFormat.Json)
        {
            using var json = new Utf8JsonWriter(bytes, ApiJson.Writing);
            Write(json, value);
        }
        else
        {
            using var xml = XmlWriter.Create(bytes, Settings);
            xml.WriteStartDocument();
            Write(xml, root, value);
        }

        return bytes.ToArray();
    }

    /// <summary>A text without what XML 1.0 cannot hold: most control characters, half surrogate pairs, and the two last code points of the plane.</summary>
    public static string Held(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsHeld(text, ref i))
                return Without(text);
        }

        return text;
    }

    private static string Without(string text)
    {
        var held = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var from = i;
            if (IsHeld(text, ref i))
                held.Append(text, from, i - from + 1);
        }

        return held.ToString();
    }

    // Moves on to the second half of a pair.
    private static bool IsHeld(string text, ref int at)
    {
        if (at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]))
        {
            at++;
            return true;
        }

        return XmlConvert.IsXmlChar(text[at]);
    }

    private static void Write(Utf8JsonWriter json, Spark value)
    {
        switch (value)
        {
            case SparkText { Text: var text }:
                json.WriteStringValue(text);
                break;
            case SparkNumber { Number: var number }:
                json.WriteNumberValue(number);
                break;
            case SparkFlag { Holds: var holds }:
                json.WriteBooleanValue(holds);
                break;
            case SparkFields { Members: var members }:
                json.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    json.WritePropertyName(name);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            case SparkList { Items: var items }:
                json.WriteStartArray();
                foreach (var item in items)
                    Write(json, item);
                json.WriteEndArray();
                break;
        }
    }

    private static void Write(XmlWriter xml, string name, Spark value)
    {
        xml.WriteStartElement(name);
        switch (value)
        {
            case SparkText { Text: { } text }:
                xml.WriteString(Held(text));
                break;
            case SparkNumber { Number: var number }:
                xml.WriteString(number.ToString(CultureInfo.InvariantCulture));
                break;
            case SparkFlag { Holds: var holds }:
                xml.WriteString(holds ? "true" : "false");
                break;
            case SparkFields { Members: var members }:
                foreach (var (member, held) in members)
                    Write(xml, member, held);
                break;
            case SparkList { Item: var item, Items: var items }:
                foreach (var one in items)
                    Write(xml, item, one);
                break;
        }

        xml.WriteEndElement();
    }
}
