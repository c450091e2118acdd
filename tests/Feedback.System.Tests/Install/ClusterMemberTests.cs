using Feedback.System.Tests.Support;
using Xunit;
using static Feedback.System.Tests.Install.InstallTests;

namespace Feedback.System.Tests.Install;

/// <summary>The installer on a machine whose silo is one of several.</summary>
public sealed class ClusterMemberTests : IDisposable
{
    private readonly SmallBundle _bundle = new();

    public void Dispose() => _bundle.Dispose();

    [Fact]
    public async Task A_silo_of_a_cluster_gets_its_unit_and_keys_for_its_user_only()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        Assert.False(File.Exists(_bundle.MemberUnit));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_CLUSTER='Host=db;Database=feedback'\nFEEDBACK_KEYS=/etc/feedback/keys\n");

        AssertWell(await _bundle.RunInstalledAsync());
        await File.WriteAllTextAsync(Path.Combine(_bundle.Root, "etc/feedback/keys/master.key"), "copied here readable by all");
        AssertWell(await _bundle.RunInstalledAsync());

        Assert.Contains("Restart=always", await File.ReadAllTextAsync(_bundle.MemberUnit), StringComparison.Ordinal);
        Assert.Equal("700 600\n", await Shell.RunAsync($"cd '{_bundle.Root}/etc/feedback/keys' && echo $(stat -c %a . master.key)"));

        AssertWell(await _bundle.RunInstalledAsync("uninstall"));
        Assert.False(File.Exists(_bundle.MemberUnit));
        Assert.True(File.Exists(Path.Combine(_bundle.Root, "etc/feedback/keys/master.key")));
    }

    [Fact]
    public async Task Keys_that_somebody_else_copied_here_become_those_of_the_service_with_their_directory()
    {
        var keys = Path.Combine(_bundle.Root, "made-elsewhere");
        Directory.CreateDirectory(keys);
        foreach (var key in new[] { "master.key", "checkpoint.key", "cluster.pem" })
            await File.WriteAllTextAsync(Path.Combine(keys, key), "of somebody else");

        // Below a root of its own the installer knows no users: its step alone, which is told that there is one, and says what it would do.
        var done = await Shell.RunAsync($$"""
            set -euo pipefail
            chmod 755 '{{keys}}'; chmod 644 '{{keys}}'/*; ((EUID != 0)) || chown -R 1654:1654 '{{keys}}'
            eval "$(sed -n '/^place_keys() {/,/^}/p' '{{_bundle.Unpacked("1.0.0")}}/install.sh')"
            say() { echo "$*"; }; setting() { echo /made-elsewhere; }; chown() { echo "$*"; }
            root='{{_bundle.Root}}' data=/nowhere account=yes
            place_keys
            echo $(stat -c %a '{{keys}}' '{{keys}}'/*)
            """);

        Assert.Equal($"""
            feedback:feedback {keys}
            feedback:feedback {keys}/master.key
            feedback:feedback {keys}/checkpoint.key
            feedback:feedback {keys}/cluster.pem
            700 600 600 600

            """, done);
    }

    [Fact]
    public async Task A_directory_with_other_things_than_keys_is_not_taken_over()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_CLUSTER='Host=db;Database=feedback'\nFEEDBACK_KEYS=/etc/feedback\n");
        await File.WriteAllTextAsync(Path.Combine(_bundle.Root, "etc/feedback/master.key"), "copied here readable by all");

        var placed = await _bundle.RunInstalledAsync();

        AssertWell(placed);
        Assert.Contains("a directory of their own", placed.Output, StringComparison.Ordinal);
        Assert.Equal("755 600\n", await Shell.RunAsync($"cd '{_bundle.Root}/etc/feedback' && echo $(stat -c %a . master.key)"));
    }

    [Fact]
    public async Task A_silo_that_left_its_cluster_is_run_as_one_alone()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_CLUSTER=Host=db\n");
        AssertWell(await _bundle.RunInstalledAsync());
        Assert.True(File.Exists(_bundle.MemberUnit));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_CLUSTER=\n");

        AssertWell(await _bundle.RunInstalledAsync());

        Assert.False(File.Exists(_bundle.MemberUnit));
    }

    [Fact]
    public async Task One_silo_whose_database_is_elsewhere_waits_for_it_as_patiently_as_several()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_POSTGRES='Host=db;Database=feedback'\n");

        AssertWell(await _bundle.RunInstalledAsync());

        Assert.Contains("StartLimitIntervalSec=0", await File.ReadAllTextAsync(_bundle.MemberUnit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_backup_is_asked_for_before_the_silos_of_a_cluster_are_upgraded_one_by_one()
    {
        AssertWell(await _bundle.InstallAsync("1.0.0"));
        await File.AppendAllTextAsync(_bundle.Settings, "FEEDBACK_CLUSTER=Host=db\n");
        await File.WriteAllTextAsync(Path.Combine(_bundle.Data, "erasures.log"), "1 a\n");

        AssertRefused(await _bundle.InstallAsync("1.1.0"), "enough for all");
        Assert.Equal("1.0.0", await _bundle.VersionAsync());

        var upgraded = await _bundle.InstallAsync("1.1.0", "--database-saved");
        AssertWell(upgraded);
        Assert.Contains("one at a time", upgraded.Output, StringComparison.Ordinal);
        AssertRefused(await _bundle.RunInstalledAsync("rollback", "--restore-data"), "on every silo");
    }
}
