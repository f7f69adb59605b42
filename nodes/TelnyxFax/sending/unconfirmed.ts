import type { IDataObject } from 'n8n-workflow';

import { decodeReference } from '../../shared/reference';
import type { Attempt } from './ledger';

/** What is said of a fax that Telnyx may or may not have accepted: never more than is known. */
export function unconfirmedFax({ at, body }: Attempt): IDataObject {
	return {
		id: null,
		status: 'unknown',
		final: false,
		direction: 'outbound',
		from: body.from,
		to: body.to,
		clientState: decodeReference(body.client_state),
		attemptedAt: new Date(at).toISOString(),
		message:
			'Telnyx did not confirm this fax, and its list of faxes does not show clearly whether it was accepted',
		nextStep:
			'Do not send it again yet: look for it in the Telnyx portal or with Get Many first, and send it again only if it is not there',
	};
}
