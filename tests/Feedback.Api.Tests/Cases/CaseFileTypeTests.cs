using Feedback.Api.Cases;
using Xunit;

namespace Feedback.Api.Tests.Cases;

/// <summary>What a file is, its content says.</summary>
public sealed class CaseFileTypeTests
{
    public static readonly TheoryData<string, byte[]> Whole = new()
    {
        { "image/jpeg", SomeFile.Jpeg }, { "image/png", SomeFile.Png }, { "image/webp", SomeFile.WebP }, { "application/pdf", SomeFile.Pdf },
        { "audio/mpeg", SomeFile.Mp3 }, { "audio/mpeg", SomeFile.TaggedMp3 }, { "audio/mp4", SomeFile.M4a }, { "audio/wav", SomeFile.Wav },
    };

    [Theory, MemberData(nameof(Whole))]
    public void A_whole_file_is_known_by_its_content(string type, byte[] content)
    {
        Assert.Equal(type, CaseFileTypes.TypeOf(content));
        Assert.Equal(type, CaseFileTypes.Agreed(type.ToUpperInvariant() + "; name=x", content));
        Assert.All(CaseFileTypes.All.Where(other => other != type), other => Assert.Null(CaseFileTypes.Agreed(other, content)));
    }

    [Theory, MemberData(nameof(Whole))]
    public void A_header_with_something_else_behind_it_is_nothing(string type, byte[] content)
    {
        Assert.Null(CaseFileTypes.Agreed(type, content[..Math.Min(12, content.Length)]));
        Assert.Null(CaseFileTypes.Agreed(type, [.. content[..12], .. SomeFile.Html]));
    }

    [Fact]
    public void No_content_of_any_length_makes_it_fail()
    {
        foreach (var content in Whole.Select(row => (byte[])row[1]))
        {
            for (var length = 0; length < content.Length; length++)
                CaseFileTypes.TypeOf(content.AsSpan(0, length));
        }
    }

    [Theory]
    [InlineData(nameof(SomeFile.Png), 1)]
    [InlineData(nameof(SomeFile.Jpeg), 1)]
    [InlineData(nameof(SomeFile.WebP), 1)]
    [InlineData(nameof(SomeFile.Wav), 1)]
    [InlineData(nameof(SomeFile.M4a), 1)]
    [InlineData(nameof(SomeFile.Pdf), 6)]
    [InlineData(nameof(SomeFile.Mp3), 417)]
    public void A_file_that_was_cut_off_is_nothing(string name, int missing)
    {
        var content = (byte[])typeof(SomeFile).GetField(name)!.GetValue(null)!;
        Assert.Null(CaseFileTypes.TypeOf(content.AsSpan(0, content.Length - missing)));
    }

    [Fact]
    public void Pages_other_pictures_and_nothing_are_refused_whatever_they_are_called()
    {
        foreach (var declared in CaseFileTypes.All.Append("text/html").Append("image/gif").Append("").Append(null))
            Assert.All([SomeFile.Html, SomeFile.Gif, [], [0xFF], "MZ\0\0"u8.ToArray()], content => Assert.Null(CaseFileTypes.Agreed(declared, content)));
    }

    [Fact]
    public void Phones_may_write_a_film_behind_a_photo() => Assert.Equal("image/jpeg", CaseFileTypes.TypeOf([.. SomeFile.Jpeg, .. SomeFile.M4a]));

    [Theory]
    [InlineData("audio/x-m4a", nameof(SomeFile.M4a), "audio/mp4")]
    [InlineData("audio/mp3", nameof(SomeFile.Mp3), "audio/mpeg")]
    [InlineData("audio/x-wav", nameof(SomeFile.Wav), "audio/wav")]
    public void Names_that_browsers_use_are_understood(string declared, string name, string type) =>
        Assert.Equal(type, CaseFileTypes.Agreed(declared, (byte[])typeof(SomeFile).GetField(name)!.GetValue(null)!));
}
