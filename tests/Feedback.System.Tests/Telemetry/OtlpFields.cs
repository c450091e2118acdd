using System.Text;
using Google.Protobuf;

namespace Feedback.System.Tests.Telemetry;

/// <summary>One protobuf message of OTLP, by field number: as much of the wire format as its messages use.</summary>
internal sealed class OtlpFields
{
    private readonly List<(int Number, object Value)> _fields = [];

    public OtlpFields(byte[] message)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and > 0)
        {
            _fields.Add((WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"OTLP has no field of type {other}."),
            }));
        }
    }

    public IEnumerable<OtlpFields> Messages(int number) => All(number).Select(value => new OtlpFields((byte[])value));

    public OtlpFields? Message(int number) => Messages(number).FirstOrDefault();

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public string Hex(int number) => Convert.ToHexStringLower(Bytes(number));

    public ulong Number(int number) => All(number).FirstOrDefault() is ulong value ? value : 0;

    public double Double(int number) => BitConverter.UInt64BitsToDouble(Number(number));

    /// <summary>A packed list of doubles, or one that is not packed.</summary>
    public double[] Doubles(int number) => All(number).FirstOrDefault() is byte[] packed
        ? [.. packed.Chunk(sizeof(double)).Select(bytes => BitConverter.ToDouble(bytes))]
        : [.. All(number).Select(value => BitConverter.UInt64BitsToDouble((ulong)value))];

    public bool Has(int number) => All(number).Any();

    /// <summary>A list of KeyValue as a dictionary; every value as text.</summary>
    public Dictionary<string, string> Attributes(int number) => Messages(number).ToDictionary(pair => pair.Text(1), pair => ValueOf(pair.Message(2)));

    private static string ValueOf(OtlpFields? any) => any switch
    {
        null => "",
        _ when any.Has(1) => any.Text(1),
        _ when any.Has(2) => any.Number(2) == 0 ? "false" : "true",
        _ when any.Has(3) => ((long)any.Number(3)).ToString(global::System.Globalization.CultureInfo.InvariantCulture),
        _ when any.Has(4) => any.Double(4).ToString(global::System.Globalization.CultureInfo.InvariantCulture),
        _ => string.Join(",", any.Message(5)?.Messages(1).Select(ValueOf) ?? []),
    };

    /// <summary>The value of a log record's body.</summary>
    public string AnyText(int number) => ValueOf(Message(number));

    private IEnumerable<object> All(int number) => _fields.Where(field => field.Number == number).Select(field => field.Value);

    private byte[] Bytes(int number) => All(number).FirstOrDefault() as byte[] ?? [];
}
