# What differs from run to run or from machine to machine, in one place. @ROOT@ becomes the path of the project.
s|@ROOT@|ROOT|g
s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})/TIME/g
s/\b(keur|Keur) [0-9]+\.[0-9]+\.[0-9]+/\1 VERSION/g
s/\b[0-9]+([.,][0-9]+)? ms\b/N ms/g
s/"durationMs":[0-9]+/"durationMs":N/
s/"host":"[^"]*"/"host":"HOST"/
s/\b[0-9a-f]{64}\b/HEX/g
s/"size":[0-9]+/"size":N/g
s/("name":"keur","version":)"[^"]*"/\1"VERSION"/
s/"engine":\{"after":"[0-9.]+","before":"[0-9.]+"\}/"engine":{"after":"VERSION","before":"VERSION"}/
s/"(semanticVersion|doap:revision)":"[0-9]+\.[0-9]+\.[0-9]+"/"\1":"VERSION"/
s/ timestamp="[0-9T:-]+"/ timestamp="TIME"/
s/ hostname="[^"]*"/ hostname="HOST"/
s/'sha256-[A-Za-z0-9+\/]{43}='/'sha256-BASE64'/g
s|(Tested on</span></dt><dd class="utrecht-data-list__item-value">)[0-9-]{10}|\1DAY|
s/^("[^"]*"),"[0-9]{4}-[0-9]{2}-[0-9]{2}","HEX"/\1,"DAY","HEX"/
s/"datum":"[0-9-]{10}"/"datum":"DAY"/
# A JSON report is one line: one member on each line, for diff.
/^\{"/s/,("|\{)/,\n\1/g
# The list of all rule sets grows with every standard.
s/(digikoppeling-wus|nlgov-adr|openapi-contract)@[0-9.]+(, [a-z][a-z-]*@[0-9][0-9.]*)+/RULESETS/g
