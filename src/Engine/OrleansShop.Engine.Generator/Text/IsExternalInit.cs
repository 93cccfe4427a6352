namespace System.Runtime.CompilerServices;

/// <summary>What the compiler asks for to compile records; .NET Standard 2.0 does not have it.</summary>
internal static class IsExternalInit;
