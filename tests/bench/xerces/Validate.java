import java.io.File;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/** The peer of tests/bench/xsd: a schema set and a document with Apache Xerces, as one process. */
public class Validate {
	static int errors;

	public static void main(String[] arguments) throws Exception {
		SchemaFactory factory = new org.apache.xerces.jaxp.validation.XMLSchemaFactory();
		factory.setFeature("http://apache.org/xml/features/honour-all-schemaLocations", true);
		Schema schema = factory.newSchema(new File(arguments[0]));
		Validator validator = schema.newValidator();
		validator.setErrorHandler(new ErrorHandler() {
			public void warning(SAXParseException e) { }
			public void error(SAXParseException e) { errors++; }
			public void fatalError(SAXParseException e) throws SAXParseException { throw e; }
		});
		validator.validate(new StreamSource(new File(arguments[1])));
		System.out.println("errors " + errors);
		System.exit(errors == 0 ? 0 : 1);
	}
}
