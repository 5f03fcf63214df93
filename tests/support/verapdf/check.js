// Checks PDF files with veraPDF: arguments are profile, file, profile, file …; one JSON line each.
// Run by the Rhino shell that comes in veraPDF's own jar, so that a JRE without compiler will do.
importPackage(org.verapdf.pdfa);
importPackage(org.verapdf.pdfa.flavours);

org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider.initialise();
var FAILED = org.verapdf.pdfa.results.TestAssertion.Status.FAILED;
var foundry = Foundries.defaultInstance();

for (var i = 0; i < arguments.length; i += 2) {
  var flavour = PDFAFlavour.fromString(arguments[i]);
  var parser = foundry.createParser(new java.io.FileInputStream(arguments[i + 1]), flavour);
  var result = foundry.createValidator(flavour, false).validate(parser);
  var failures = {};
  var assertions = result.getTestAssertions().iterator();
  while (assertions.hasNext()) {
    var assertion = assertions.next();
    if (assertion.getStatus() === FAILED) {
      var rule = assertion.getRuleId();
      failures[rule.getClause() + "-" + rule.getTestNumber()] = String(assertion.getMessage());
    }
  }
  print(JSON.stringify({
    profile: arguments[i],
    file: arguments[i + 1],
    compliant: result.isCompliant(),
    checks: Number(result.getTotalAssertions()),
    failures: failures,
  }));
  parser.close();
}
