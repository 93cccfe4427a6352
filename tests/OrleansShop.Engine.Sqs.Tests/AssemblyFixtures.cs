using OrleansShop.Testing.Sqs;
using Xunit;

[assembly: AssemblyFixture(typeof(SqsFixture))]
