import { Router } from 'express';
import { answer, pathParameter } from '../calls';
import { notFound } from '../errors';
import type { State } from '../state';

export function keyRoutes(state: State): Router {
	const router = Router();

	router.get('/public_key', (req, res) => {
		if (!state.settings.publicKeyAvailable) throw notFound();
		answer(req, res, 200, {
			data: {
				public: state.keys.publicKey,
				record_type: 'public_key',
				organization_id: state.organizationId,
			},
		});
	});

	router.post('/inactive_key', (req, res) => {
		const { id, publicKey } = state.keys.addInactive();
		answer(req, res, 200, { data: { id, public: publicKey, record_type: 'public_key' } });
	});

	router.post('/inactive_key/:id/activate', (req, res) => {
		if (!state.keys.activate(pathParameter(req, 'id'))) throw notFound();
		answer(req, res, 200, { data: { result: 'success' } });
	});

	return router;
}
