using System.Globalization;
using Feedback.Grains.Audit;

namespace Feedback.Grains.Registers;

/// <summary>Takes registers so that it leaves a trace.</summary>
public static class AuditedImport
{
    /// <summary>Takes a register over, once the audit trail says so; what would change nothing leaves no trace.</summary>
    /// <param name="registers">Takes it.</param>
    /// <param name="audit">The trail.</param>
    /// <param name="actor">Who takes it, as the trail names them.</param>
    /// <param name="address">The IP address it came from; null for the command line.</param>
    /// <param name="kind">Which register.</param>
    /// <param name="file">The file as it is.</param>
    /// <param name="dryRun">True to tell only what would change.</param>
    /// <param name="culture">The language of errors: zh or en.</param>
    /// <exception cref="Journal.JournalBusyException">It cannot be audited now; nothing was taken.</exception>
    public static async Task<RegisterOutcome> ImportAsync(
        this IRegisterImport registers, IAudit audit, string actor, string? address, RegisterKind kind, byte[] file, bool dryRun, CultureInfo culture)
    {
        var outcome = await registers.ImportAsync(kind, file, dryRun: true, culture);
        if (dryRun || outcome.Errors.Count > 0 || outcome.Changes.Count == 0)
            return outcome;
        await audit.RecordAsync(new AuditEntry(Acts.RegisterImported, actor) { Target = WordOf(kind), Address = address });
        return await registers.ImportAsync(kind, file, dryRun: false, culture);
    }

    private static string WordOf(RegisterKind kind) => kind switch
    {
        RegisterKind.Organisation => "organisation",
        RegisterKind.ServiceItems => "service-items",
        _ => "staff",
    };
}
