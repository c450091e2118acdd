using Feedback.TestSupport.Running;

namespace Feedback.System.Tests.Faults;

/// <summary>A disk that fails, and a process that dies at any of its writes. The fault suite tries many more of them.</summary>
public sealed class DiskFaultTests
{
    [TracerTheory]
    [Xunit.InlineData("pwrite64")]
    [Xunit.InlineData("fsync,fdatasync")]
    public async Task After_the_disk_failed_nothing_is_acknowledged_until_a_new_process_has_recovered_the_journal(string calls) =>
        await DiskFaults.FailAsync(calls, pushes: 20);

    [TracerFact]
    public async Task Killed_at_any_write_or_flush_the_journal_opens_again_with_everything_acknowledged() =>
        await DiskFaults.KillAsync([1, 2, 5, 9, 14]);
}
