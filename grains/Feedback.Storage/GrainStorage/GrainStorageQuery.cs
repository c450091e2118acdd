namespace Feedback.Storage.GrainStorage;

/// <summary>Orleans' names for the queries of grain storage.</summary>
/// <remarks>
/// What Orleans asks of them: writing and clearing return the new version as their only row, or no row if the stored version is
/// not the expected one, which it then reports as an inconsistent state. Reading returns the payload and the version.
/// <c>DeleteStorageKey</c> is left out on purpose: a deleted row forgets its version, and a stale activation holding version 1
/// could overwrite the state written after it; Orleans refuses to start if it is told to delete all the same.
/// </remarks>
internal static class GrainStorageQuery
{
    public const string Write = "WriteToStorageKey";
    public const string Read = "ReadFromStorageKey";
    public const string Clear = "ClearStorageKey";
}
