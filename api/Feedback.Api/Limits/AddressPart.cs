using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Feedback.Api.Limits;

/// <summary>What one customer of a network has: an IPv4 address, or the first 64 bits of an IPv6 address.</summary>
internal readonly record struct AddressPart(ulong Bits, bool Six)
{
    public static AddressPart Of(IPAddress? address)
    {
        if (address is null)
            return default;
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return new AddressPart(BinaryPrimitives.ReadUInt32BigEndian(bytes), false);
        return address.IsIPv4MappedToIPv6
            ? new AddressPart(BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]), false)
            : new AddressPart(BinaryPrimitives.ReadUInt64BigEndian(bytes), true);
    }
}
