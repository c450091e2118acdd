using Feedback.Grains.Checkpoints;
using Feedback.Storage.Checkpoints;
using Feedback.TestSupport;
using Xunit;

namespace Feedback.Storage.Tests.Checkpoints;

public sealed class CheckpointDirectoryTests : IDisposable
{
    private static readonly CheckpointFileName Seven = new(7, "5f0c");
    private readonly TemporaryFolder _folder = new();

    private CheckpointDirectory Files => new(_folder["kept"]);

    [Fact]
    public void A_place_that_is_not_there_yet_is_empty_and_made_when_it_is_needed()
    {
        Assert.Empty(Files.Names());
        Files.Write(Seven, [1, 2, 3]);
        Assert.Equal([Seven], Files.Names());
        Assert.Equal([1, 2, 3], Files.Read(Seven));
        Assert.Equal(["00000007-5f0c.checkpoint"], Directory.GetFiles(_folder["kept"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_is_never_replaced_and_writing_it_again_as_it_is_is_no_error()
    {
        Files.Write(Seven, [1, 2, 3]);
        Files.Write(Seven, [1, 2, 3]);
        Assert.Throws<IOException>(() => Files.Write(Seven, [1, 2, 4]));
        Assert.Equal([1, 2, 3], Files.Read(Seven));
    }

    [Fact]
    public void A_file_is_for_its_owner_only()
    {
        Files.Write(Seven, [1]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(_folder["kept"])[0]));
    }

    [Theory]
    [InlineData("00000007-5f0c.checkpoint", true)]
    [InlineData("123456789-5f0c.checkpoint", true)]
    [InlineData("7-5f0c.checkpoint", false)]
    [InlineData("00000007-.checkpoint", false)]
    [InlineData("-0000007-5f0c.checkpoint", false)]
    [InlineData("00000007-5f0c.checkpoint.0a.new", false)]
    [InlineData("notes.txt", false)]
    public void Only_names_of_checkpoints_count(string name, bool counts) => Assert.Equal(counts, CheckpointFileName.Parse(name) is not null);

    public void Dispose() => _folder.Dispose();
}
