using System.Globalization;
using Feedback.Grains.Organisation;
using Feedback.Grains.Personal;
using Feedback.Grains.Registers;

namespace Feedback.Seeds.Registers;

/// <summary>Takes registers from spreadsheets.</summary>
/// <param name="bureau">Takes what is new.</param>
/// <param name="personal">Knows the names of staff.</param>
/// <param name="cipher">Seals the names of staff.</param>
/// <param name="clock">Tells today.</param>
public sealed class RegisterImport(IBureau bureau, IPersonalStore personal, PersonalCipher cipher, TimeProvider clock) : IRegisterImport
{
    /// <summary>The most bytes that a file may have.</summary>
    public const int LargestFile = SheetFile.LargestFile;

    /// <inheritdoc/>
    public async Task<RegisterOutcome> ImportAsync(RegisterKind kind, byte[] file, bool dryRun, CultureInfo culture)
    {
        Sheet sheet;
        try
        {
            sheet = Sheet.Open(file, kind);
        }
        catch (SheetBrokenException e)
        {
            var errors = new RegisterErrors(null);
            errors.Add(e.Row, null, e.Code, null, e.Value);
            return new RegisterOutcome(0, 0, [], errors.Tell(culture));
        }

        return kind switch
        {
            RegisterKind.Organisation => await OrganisationRegister.ImportAsync(sheet, dryRun, culture, bureau, clock),
            RegisterKind.ServiceItems => await ServiceItemRegister.ImportAsync(sheet, dryRun, culture, bureau),
            _ => await StaffRegister.ImportAsync(sheet, dryRun, culture, bureau, personal, cipher, clock),
        };
    }

    /// <inheritdoc/>
    public byte[] Template(RegisterKind kind, CultureInfo culture) => TemplateOf(kind, culture);

    /// <summary>A workbook to fill in; see <see cref="IRegisterImport.Template"/>.</summary>
    public static byte[] TemplateOf(RegisterKind kind, CultureInfo culture) => RegisterTemplate.Write(kind, culture);
}
