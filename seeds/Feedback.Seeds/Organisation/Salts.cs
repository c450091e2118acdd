using System.Security.Cryptography;
using Feedback.Domain.Journal;

namespace Feedback.Seeds.Organisation;

/// <summary>Salts of events.</summary>
internal static class Salts
{
    /// <summary>128 random bits.</summary>
    public static Opaque New() => Opaque.FromBytes(RandomNumberGenerator.GetBytes(Opaque.Length));
}
