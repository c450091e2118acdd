namespace Feedback.Api.Tests.Problems;

/// <summary>Makes ugly bodies out of good ones: bytes flipped, cut, doubled, and pieces of JSON where they do not belong.</summary>
internal sealed class Mutation(Random random, byte[][] sources)
{
    private static readonly byte[][] Pieces =
    [
        .. new[]
        {
            "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-", "0", "1e400", "-0", "1.5", "\\ud800", "\\u0000", "\\udfff\\ud800",
            "\"\\ud83d\"", "\"id\":", "\"grade\":9,", "\"window\":null,", "\"occurredAt\":\"0000-00-00T00:00:00Z\",", "{\"a\":{\"a\":", "[[[[[[[[[[",
            "\"dimensions\":{\"\\udc00\":5},", "9223372036854775808", "\"data\":", "\"specversion\":\"\\ud800\",", "\t\r\n ", "//", "\uFEFF", "😀", "字",
        }.Select(System.Text.Encoding.UTF8.GetBytes),
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0x1B],
    ];

    public byte[] Next()
    {
        var body = new List<byte>(sources[random.Next(sources.Length)]);
        for (var times = random.Next(1, 5); times > 0; times--)
            Mutate(body);
        return [.. body];
    }

    private void Mutate(List<byte> body)
    {
        var (at, length) = (random.Next(body.Count + 1), random.Next(1, 12));
        var span = Math.Min(length, body.Count - at);
        switch (random.Next(6))
        {
            case 0 when at < body.Count: body[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: body.RemoveRange(at, span); break;
            case 2: body.InsertRange(at, body.GetRange(at, span)); break;
            case 3 when at < body.Count: body[at] = (byte)random.Next(256); break;
            case 4 when random.Next(10) == 0: body.RemoveRange(at, body.Count - at); break;
            default: body.InsertRange(at, Pieces[random.Next(Pieces.Length)]); break;
        }
    }
}
