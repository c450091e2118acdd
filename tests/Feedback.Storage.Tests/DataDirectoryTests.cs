using Feedback.TestSupport;
using Xunit;

namespace Feedback.Storage.Tests;

public sealed class DataDirectoryTests
{
    [Fact]
    public void It_is_created_for_its_owner_only()
    {
        using var folder = new TemporaryFolder();

        var data = DataDirectory.Open(folder["data"]);

        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(data.Path));
    }

    [Fact]
    public void A_second_lock_is_refused_with_the_directorys_name_until_the_first_is_let_go()
    {
        using var folder = new TemporaryFolder();
        var (one, other) = (DataDirectory.Open(folder["data"]), DataDirectory.Open(folder["data"]));

        using (one.Lock())
        {
            Assert.Null(other.TryLock());
            Assert.Contains(other.Path, Assert.Throws<DataDirectoryLockedException>(other.Lock).Message, StringComparison.Ordinal);
        }

        using var held = other.TryLock();
        Assert.NotNull(held);
    }
}
