using System.Xml.Linq;
using Feedback.Storage.Accounts;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Feedback.Silo.Hosting;

/// <summary>The session keys of silos on PostgreSQL. Those in the files of a release that kept them there stay good.</summary>
/// <param name="table">The keys that silos share.</param>
/// <param name="files">The directory of earlier keys; there may be none.</param>
internal sealed class SessionKeyRepository(SessionKeyTable table, string files) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. table.ReadAll().Concat(Directory.Exists(files) ? Directory.EnumerateFiles(files, "*.xml").Select(File.ReadAllText) : []).Select(XElement.Parse)];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) => table.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
