using OrleansShop.Testing.Turns;
using Xunit;

[assembly: AssemblyFixture(typeof(MachineTurn))]
